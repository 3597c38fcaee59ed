import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { Contribution, Gap } from '../judge-portfolio/contribution.rules.js';
import type { Limits, Meta } from '../judge-portfolio/fences.rules.js';
import type { Group } from '../judge-portfolio/portfolio.rules.js';
import type { Sum, SumKind } from '../judge-portfolio/sums.rules.js';
import type { State } from '../judge-process/outcome.rules.js';

export const CONTRIBUTIONS = 'contributions';
export const SUMS = 'sums';
export const SNAPSHOTS = 'fence_snapshots';
export const OUTLIERS = 'outliers';

/** A contribution as a row; what is not known of it is not there. */
export function contributionRow(ocid: string, c: Contribution): StoredContribution {
  const { gaps, won, lost, buyer, entity, submitted, disqualified, bids, supplies } = c;
  const known = { ...(buyer === undefined ? {} : { buyer }), ...(entity === undefined ? {} : { entity }) };
  return { _id: ocid, gaps, won, lost, ...known, submitted, disqualified, bids, supplies };
}

/** The same of a stored one. */
export const contributionOfRow = ({ _id: ocid, buyer, entity, ...more }: StoredContribution): Contribution => ({
  ...{ ocid, buyer, entity, ...more, outcomes: [], noGap: undefined, issues: [] },
});

/** What one process adds to the sums of all. */
@Schema({ collection: CONTRIBUTIONS, strict: 'throw', versionKey: false, _id: false })
export class StoredContribution {
  /** The ocid. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Array, required: true }) gaps: Contribution['gaps'];
  @Prop({ type: [String], required: true }) won: readonly string[];
  @Prop({ type: [String], required: true }) lost: readonly string[];
  @Prop({ type: String }) buyer?: string;
  @Prop({ type: String }) entity?: string;
  @Prop({ type: Number, required: true }) submitted: number;
  @Prop({ type: Number, required: true }) disqualified: number;
  @Prop({ type: Array, required: true }) bids: Contribution['bids'];
  @Prop({ type: Array, required: true }) supplies: Contribution['supplies'];
}
export const StoredContributionSchema = SchemaFactory.createForClass(StoredContribution);

/** A sum over all contributions, kept up as they come and go. */
@Schema({ collection: SUMS, strict: 'throw', versionKey: false, _id: false })
export class StoredSum implements Sum {
  /** `<kind>:<id>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) kind: SumKind;
  @Prop({ type: String, required: true }) id: string;
  @Prop({ type: Number, required: true }) part: number;
  @Prop({ type: Number, required: true }) whole: number;
  @Prop({ type: Number, required: true }) processes: number;
  @Prop({ type: Object, required: true }) classes: Record<string, number>;
}
export const StoredSumSchema = SchemaFactory.createForClass(StoredSum);

/** By what outliers are told from a day on; only how far it was applied to what was there before ever changes. */
@Schema({ collection: SNAPSHOTS, strict: 'throw', versionKey: false, _id: false })
export class FenceSnapshot {
  @Prop({ type: String, required: true }) _id: string;
  /** Counted from 1: the newest is in force. Of two that are taken at once one is refused. */
  @Prop({ type: Number, required: true, unique: true }) no: number;
  @Prop({ type: String, required: true }) day: string;
  /** Processes that were in. */
  @Prop({ type: Number, required: true }) processes: number;
  /** Hyndman and Fan's type 8. */
  @Prop({ type: String, required: true }) method: 'HF8';
  /** Quartiles and fences by indicator. */
  @Prop({ type: Object, required: true }) fences: Meta;
  /** From where on somebody stands out; an indicator without one tells of nobody. */
  @Prop({ type: Object, required: true }) limits: Limits;
  /** Indicators whose data told of no outlier: too few, or all alike. */
  @Prop({ type: [String], required: true }) noSpread: string[];
  /** `code/version` of the definitions. */
  @Prop({ type: [String], required: true }) definitions: string[];
  /** What is judged by it next; `done` when all is. */
  @Prop({ type: String, required: true }) next: 'sums' | 'gaps' | 'done';
  /** The last one of those that was judged. */
  @Prop({ type: String }) after: string;
}
export const FenceSnapshotSchema = SchemaFactory.createForClass(FenceSnapshot);

/** A subject that stood out among all, by one indicator: kept once it did, as a signal is. */
@Schema({ collection: OUTLIERS, strict: 'throw', versionKey: false, _id: false })
export class Outlier implements Aggregate {
  /** `<group>:<subject>:<code>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) group: Group;
  @Prop({ type: String, required: true }) subjectId: string;
  @Prop({ type: String, required: true }) indicator: string;
  @Prop({ type: Number, required: true }) indicatorVersion: number;
  /** The day whose parameters counted. */
  @Prop({ type: String, required: true }) day: string;
  @Prop({ type: String, required: true }) outcome: State;
  @Prop({ type: Number }) value?: number;
  @Prop({ type: String }) reason?: string;
  /** Of a process: the tenderers that it is about as well. */
  @Prop({ type: [String], default: undefined }) tenderers?: string[];
  /** The snapshot whose fence it was told by, and the numbers: enough to tell it again. */
  @Prop({ type: String, required: true }) snapshot: string;
  @Prop({ type: Object }) inputs?: Sum | readonly Gap[];
  @Prop({ type: String, required: true }) since: string;
  @Prop({ type: [Object], default: undefined }) earlier?: { outcome: State; from: string; to: string }[];
}
export const OutlierSchema = SchemaFactory.createForClass(Outlier)
  .index({ outcome: 1, indicator: 1, _id: 1 })
  .index({ tenderers: 1 });
