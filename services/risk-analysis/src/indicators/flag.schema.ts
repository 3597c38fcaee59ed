import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { ReleaseOrigin } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';
import type { State } from '../judge-process/outcome.rules.js';
import type { Signal } from './signal.rules.js';
import type { Evidence } from './evidence.rules.js';

export const FLAGS = 'flags';

/** A signal: what an indicator said of a process, once it was triggered. */
@Schema({ collection: FLAGS, strict: 'throw', versionKey: false, _id: false })
export class Flag implements Aggregate, Signal {
  /** `<ocid>:<indicator>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) ocid: string;
  @Prop({ type: String, required: true }) indicator: string;
  @Prop({ type: Number, required: true }) indicatorVersion: number;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String, required: true }) origin: ReleaseOrigin;
  @Prop({ type: String, required: true }) outcome: State;
  /** Of a triggered one. */
  @Prop({ type: Number }) value?: number;
  /** A code: why there is no answer, or what was derived. */
  @Prop({ type: String }) reason?: string;
  /** Tenderers that the signal is about as well. */
  @Prop({ type: [String], default: undefined }) tenderers?: string[];
  /** What was read and by which version: enough to compute the outcome again. */
  @Prop({ type: Object, required: true }) evidence: Evidence;
  /** Since when it says so, and what it said before: `to` is the day on which that ended. */
  @Prop({ type: String, required: true }) since: string;
  @Prop({ type: [Object], default: undefined }) earlier?: { outcome: State; from: string; to: string }[];
}

export const FlagSchema = SchemaFactory.createForClass(Flag)
  .index({ areaCode: 1, indicator: 1, outcome: 1 })
  .index({ ocid: 1 });
