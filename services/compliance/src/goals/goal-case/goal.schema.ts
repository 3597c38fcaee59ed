import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { GoalStatus } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';
import type { Milestone } from '../reach-milestone/milestone-states.rules.js';
import type { Indicator } from './indicator.rules.js';

export const GOALS = 'goals';

export type GoalState = 'draft' | 'running' | 'closed';

/** What is to be reached, by indicators and milestones: of a programme, or what a recommendation asks for. */
@Schema({ collection: GOALS, strict: 'throw', versionKey: false, _id: false })
export class Goal implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, index: true }) programmeId?: string;
  /** The id is derived from it, so that no recommendation becomes two goals. */
  @Prop({ type: String }) recommendationId?: string;
  /** Of a goal of a programme: unique within it. */
  @Prop({ type: String }) code?: string;
  @Prop({ type: String }) title?: string;
  @Prop({ type: String, required: true }) areaCode: string;
  /** The body whose goal it is. */
  @Prop({ type: String }) organisationBin?: string;
  @Prop({ type: [String] }) planners?: string[];
  @Prop({ type: String, required: true }) state: GoalState;
  @Prop({ type: [Object], required: true }) indicators: Indicator[];
  @Prop({ type: [Object], required: true }) milestones: Milestone[];
  @Prop({ type: String, required: true }) status: GoalStatus;
  @Prop({ type: String, required: true }) policy: string;
  @Prop({ type: String, required: true }) settledDay: string;
  /** The next day on which time alone changes something. */
  @Prop({ type: String, index: true }) nextDay?: string;
}

export const GoalSchema = SchemaFactory.createForClass(Goal);
