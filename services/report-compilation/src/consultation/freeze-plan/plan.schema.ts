import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { Assessment, Measure } from './plan.rules.js';

export const MEASURE_PLANS = 'measure_plans';

/** The measures of an adopted document for one quarter: frozen once, never changed; what is said of them is added. */
@Schema({ collection: MEASURE_PLANS, strict: 'throw', versionKey: false, _id: false })
export class MeasurePlan implements Aggregate {
  /** `<document id>.<quarter>`. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true, index: true }) documentId: string;
  @Prop({ type: Number, required: true }) documentVersion: number;
  @Prop({ type: String, required: true }) quarter: string;
  @Prop({ type: [Object], required: true }) measures: Measure[];
  @Prop({ type: Object, required: true }) frozen: { readonly day: string; readonly by: string };
  @Prop({ type: [Object], required: true }) assessments: Assessment[];
}

export const MeasurePlanSchema = SchemaFactory.createForClass(MeasurePlan);
