import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { GoalStatus } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';

export const GOALS = 'goals';

export interface Measurement {
  readonly value: number;
  readonly day: string;
  readonly by: string;
}

/** What a recommendation asks for, with exactly one accountable office, a target and a due day. */
@Schema({ collection: GOALS, strict: 'throw', versionKey: false, _id: false })
export class Goal implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true, unique: true }) recommendationId: string;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String, required: true }) accountablePosition: string;
  @Prop({ type: String, required: true }) indicator: string;
  @Prop({ type: Number, required: true }) baseline: number;
  @Prop({ type: Number, required: true }) target: number;
  @Prop({ type: String, required: true }) startDay: string;
  @Prop({ type: String, required: true }) dueDay: string;
  @Prop({ type: String, required: true }) status: GoalStatus;
  @Prop({ type: String, required: true }) policy: string;
  @Prop({ type: [Object], required: true }) measurements: Measurement[];
}

export const GoalSchema = SchemaFactory.createForClass(Goal);
