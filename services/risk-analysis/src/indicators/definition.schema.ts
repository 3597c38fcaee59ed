import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { IndicatorDefinition } from './definition.rules.js';

export const DEFINITIONS = 'indicator_definitions';

/** A version of an indicator that was made here; what is shipped lies in data/indicators. */
@Schema({ collection: DEFINITIONS, strict: 'throw', versionKey: false, _id: false })
export class StoredDefinition implements Aggregate {
  /** `<code>:<version>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) code: string;
  @Prop({ type: String, required: true }) status: IndicatorDefinition['status'];
  /** As it was checked when it was proposed; author, approver and status stand beside it. */
  @Prop({ type: Object, required: true }) definition: Omit<IndicatorDefinition, 'status' | 'author' | 'approver'>;
  @Prop({ type: String, required: true }) author: string;
  @Prop({ type: String }) approver?: string;
  @Prop({ type: String, required: true }) proposedDay: string;
  @Prop({ type: String }) approvedDay?: string;
}
export const StoredDefinitionSchema = SchemaFactory.createForClass(StoredDefinition).index({ status: 1 });
