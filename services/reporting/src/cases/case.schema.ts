import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { OffenceClass, ReportCategory } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';
import type { Reward } from '../rewards/reward-steps.rules.js';
import type { ReportState } from './report-states.rules.js';

export const CASES = 'cases';

/** What an agency does about a report: the investigation, the decision in legal force, the reward. */
@Schema({ collection: CASES, strict: 'throw', versionKey: false, _id: false })
export class Case implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true, index: true }) state: ReportState;
  @Prop({ type: String, required: true, unique: true }) reportId: string;
  @Prop({ type: String, required: true }) openedDay: string;
  @Prop({ type: String, required: true }) category: ReportCategory;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String, required: true }) region: string;
  @Prop({ type: String }) decidedDay?: string;
  @Prop({ type: String }) offenceClass?: OffenceClass;
  @Prop({ type: Number }) damage?: number;
  @Prop({ type: Object }) reward?: Reward;
}

export const CaseSchema = SchemaFactory.createForClass(Case);
