import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { ReleaseOrigin } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';
import type { Evaluation } from './single-bid.rules.js';

export const FLAGS = 'flags';

/** What an indicator says of a process: all five outcomes are kept, so that coverage can be told from absence. */
@Schema({ collection: FLAGS, strict: 'throw', versionKey: false, _id: false })
export class Flag implements Aggregate {
  /** `<ocid>:<indicator>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) ocid: string;
  @Prop({ type: String, required: true }) indicator: string;
  @Prop({ type: Number, required: true }) indicatorVersion: number;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String, required: true }) origin: ReleaseOrigin;
  @Prop({ type: String, required: true }) outcome: Evaluation['outcome'];
  /** JSON pointers, values, threshold and versions: enough to recompute the outcome. */
  @Prop({ type: Object, required: true }) evidence: object;
}

export const FlagSchema = SchemaFactory.createForClass(Flag).index({ areaCode: 1, outcome: 1 });
