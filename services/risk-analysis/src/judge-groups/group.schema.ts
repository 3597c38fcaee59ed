import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { State } from '../judge-process/outcome.rules.js';
import type { GroupVerdict } from './group-indicators.rules.js';
import type { GroupPurchase } from './group-purchase.rules.js';

export const PURCHASES = 'purchases';
export const DUE_GROUPS = 'due_groups';
export const PATTERNS = 'patterns';

/** A purchase as the indicators of groups read it, and the groups that it is in. */
@Schema({ collection: PURCHASES, strict: 'throw', versionKey: false, _id: false })
export class StoredPurchase {
  /** The ocid. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: [String], required: true, index: true }) groups: string[];
  @Prop({ type: Object, required: true }) purchase: GroupPurchase;
}
export const StoredPurchaseSchema = SchemaFactory.createForClass(StoredPurchase);

/** A group that something changed in since it was judged. */
@Schema({ collection: DUE_GROUPS, strict: 'throw', versionKey: false, _id: false })
export class DueGroup {
  @Prop({ type: String, required: true }) _id: string;
  /** One more with each change: what changed while it was judged is judged again. */
  @Prop({ type: Number, required: true }) changes: number;
}
export const DueGroupSchema = SchemaFactory.createForClass(DueGroup);

/** A signal about a group of purchases, kept of what was ever triggered. */
@Schema({ collection: PATTERNS, strict: 'throw', versionKey: false, _id: false })
export class Pattern implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  /** The group, as JSON: its kind, and what it is of. */
  @Prop({ type: String, required: true }) group: string;
  @Prop({ type: String, required: true }) subjectId: string;
  @Prop({ type: String, required: true }) indicator: string;
  @Prop({ type: Number, required: true }) indicatorVersion: number;
  /** The day whose parameters counted. */
  @Prop({ type: String, required: true }) day: string;
  @Prop({ type: String, required: true }) outcome: State;
  @Prop({ type: Number }) value?: number;
  @Prop({ type: String }) reason?: string;
  @Prop({ type: Object, required: true }) inputs: GroupVerdict['inputs'];
  @Prop({ type: String, required: true }) since: string;
  @Prop({ type: [Object], default: undefined }) earlier?: { outcome: State; from: string; to: string }[];
}
export const PatternSchema = SchemaFactory.createForClass(Pattern)
  .index({ group: 1 })
  .index({ outcome: 1, indicator: 1, _id: 1 })
  .index({ 'inputs.processes': 1 });
