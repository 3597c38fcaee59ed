import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { RiskLevel } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';

export const ASSESSMENTS = 'assessments';
export const RECOMMENDATIONS = 'recommendations';

/** What was known of an area on a day, and what a dated policy made of it; never changed afterwards. */
@Schema({ collection: ASSESSMENTS, strict: 'throw', versionKey: false, _id: false })
export class Assessment implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true, index: true }) areaCode: string;
  @Prop({ type: String, required: true }) day: string;
  @Prop({ type: String, required: true }) policy: string;
  @Prop({ type: Object, required: true }) inputs: Record<string, number>;
  @Prop({ type: Number, required: true }) score: number;
  @Prop({ type: String, required: true }) level: RiskLevel;
  @Prop({ type: String }) recommendationId?: string;
}

export const AssessmentSchema = SchemaFactory.createForClass(Assessment);

/** What an assessment asks for: a measurable change by a day. */
@Schema({ collection: RECOMMENDATIONS, strict: 'throw', versionKey: false, _id: false })
export class Recommendation implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) assessmentId: string;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String, required: true }) indicator: string;
  @Prop({ type: Number, required: true }) baseline: number;
  @Prop({ type: Number, required: true }) target: number;
  @Prop({ type: String, required: true }) dueDay: string;
}

export const RecommendationSchema = SchemaFactory.createForClass(Recommendation);
