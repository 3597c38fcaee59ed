import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Contribution } from '../judge-portfolio/contribution.rules.js';
import type { Group, Meta } from '../judge-portfolio/portfolio.rules.js';

export const CONTRIBUTIONS = 'contributions';
export const SNAPSHOTS = 'fence_snapshots';
export const OUTLIERS = 'outliers';

/** What is stored of a contribution: outcomes of the process itself stand with its signals. */
export const contributionRow = (c: Contribution): Omit<StoredContribution, '_id'> => {
  const { gaps, won, lost, buyer, entity, submitted, disqualified, bids, supplies } = c;
  return { gaps, won, lost, buyer: buyer ?? null, entity: entity ?? null, submitted, disqualified, bids, supplies };
};

/** What one process adds to the sums of all. */
@Schema({ collection: CONTRIBUTIONS, strict: 'throw', versionKey: false, _id: false })
export class StoredContribution {
  /** The ocid. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Array, required: true }) gaps: Contribution['gaps'];
  @Prop({ type: [String], required: true }) won: readonly string[];
  @Prop({ type: [String], required: true }) lost: readonly string[];
  @Prop({ type: String }) buyer: string | null;
  @Prop({ type: String }) entity: string | null;
  @Prop({ type: Number, required: true }) submitted: number;
  @Prop({ type: Number, required: true }) disqualified: number;
  @Prop({ type: Array, required: true }) bids: Contribution['bids'];
  @Prop({ type: Array, required: true }) supplies: Contribution['supplies'];
}
export const StoredContributionSchema = SchemaFactory.createForClass(StoredContribution);

/** By what outliers were told on a day; never changed. */
@Schema({ collection: SNAPSHOTS, strict: 'throw', versionKey: false, _id: false })
export class FenceSnapshot {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) day: string;
  /** Processes that were in. */
  @Prop({ type: Number, required: true }) processes: number;
  /** Hyndman and Fan's type 8. */
  @Prop({ type: String, required: true }) method: 'HF8';
  /** Quartiles and fences by indicator. */
  @Prop({ type: Object, required: true }) fences: Meta;
  /** Indicators whose data told of no outlier: too few, or all alike. */
  @Prop({ type: [String], required: true }) noSpread: string[];
  /** `code/version` of the definitions. */
  @Prop({ type: [String], required: true }) definitions: string[];
}
export const FenceSnapshotSchema = SchemaFactory.createForClass(FenceSnapshot);

/** A subject that stands out among all, by one indicator. */
@Schema({ collection: OUTLIERS, strict: 'throw', versionKey: false, _id: false })
export class Outlier {
  /** `<group>:<subject>:<code>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) group: Group;
  @Prop({ type: String, required: true }) subjectId: string;
  @Prop({ type: String, required: true }) indicator: string;
  @Prop({ type: String, required: true }) outcome: 'triggered' | 'not-triggered';
  @Prop({ type: Number }) value?: number | null;
  /** The snapshot whose fence it was told by. */
  @Prop({ type: String, required: true }) snapshot: string;
  @Prop({ type: String, required: true }) since: string;
  @Prop({ type: [Object], default: undefined }) earlier?: { outcome: string; from: string; to: string }[];
}
export const OutlierSchema = SchemaFactory.createForClass(Outlier).index({ outcome: 1, indicator: 1, _id: 1 });
