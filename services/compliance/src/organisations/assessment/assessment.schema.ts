import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { Claim, Level } from '../score-compliance/claim.rules.js';
import type { AssessmentState } from './assessment-states.rules.js';

export const ASSESSMENTS = 'assessments';

export interface Found {
  readonly requirement: string;
  readonly level: Level;
}

/** What removes the cause of a low level, with one person who answers for it. */
export interface Measure {
  readonly requirement: string;
  readonly dueDay: string;
  readonly accountableId: string;
}

/** One assessment of an organisation, from the claim to the closed plan; persons are keyed ids and subjects of tokens. */
@Schema({ collection: ASSESSMENTS, strict: 'throw', versionKey: false, _id: false })
export class Assessment implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) organisationBin: string;
  /** The version of the catalogue that it is made by, to its end. */
  @Prop({ type: String, required: true }) catalogue: string;
  @Prop({ type: String, required: true }) state: AssessmentState;
  @Prop({ type: String, required: true }) openedDay: string;
  @Prop({ type: String, required: true }) openedBy: string;
  /** The last day of the next step. */
  @Prop({ type: String }) dueDay?: string;
  @Prop({ type: Array }) claims?: Claim[];
  @Prop({ type: Object }) assessor?: { id: string; department?: string; day: string };
  @Prop({ type: Object }) reviewer?: { id: string; department?: string; day: string };
  /** The requirements that the reviewer looked at. */
  @Prop({ type: Array }) sample?: string[];
  /** What holds of the claims after review and objection, before evidence caps it. */
  @Prop({ type: Array }) found?: Found[];
  /** Hundredths of a point; of the draft until it is final. */
  @Prop({ type: Number }) self?: number;
  @Prop({ type: Number }) verified?: number;
  @Prop({ type: Object }) objection?: {
    day: string;
    by: string;
    requirements: string[];
    outcome?: string;
    decidedBy?: string;
  };
  @Prop({ type: String }) finalDay?: string;
  /** Mandatory requirements that a remedial plan must answer. */
  @Prop({ type: Array }) planFor?: string[];
  /** The last day to hand in the plan, then that of its last measure; none when it is carried out. */
  @Prop({ type: String }) planDueDay?: string;
  @Prop({ type: Array }) plan?: Measure[];
  @Prop({ type: Object }) completion?: { day: string; by: string; documentNumber: string };
}

export const AssessmentSchema = SchemaFactory.createForClass(Assessment).index({ organisationBin: 1, state: 1 });
