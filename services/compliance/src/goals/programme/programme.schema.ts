import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { ProgrammeState } from './programme-states.rules.js';

export const PROGRAMMES = 'programmes';

/** What holds goals together: planned by some, approved by another, running between two days. */
@Schema({ collection: PROGRAMMES, strict: 'throw', versionKey: false, _id: false })
export class Programme implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true, unique: true }) code: string;
  @Prop({ type: String, required: true }) title: string;
  /** The act that it stands on. */
  @Prop({ type: String, required: true }) source: string;
  /** A programme of one organisation; missing for one of the state. */
  @Prop({ type: String }) organisationBin?: string;
  @Prop({ type: String, required: true }) startDay: string;
  @Prop({ type: String, required: true }) endDay: string;
  @Prop({ type: String, required: true }) state: ProgrammeState;
  /** Counts the approvals. */
  @Prop({ type: Number, required: true }) edition: number;
  @Prop({ type: [String], required: true }) planners: string[];
  @Prop({ type: String }) approvedBy?: string;
  @Prop({ type: String }) approvedDay?: string;
}

export const ProgrammeSchema = SchemaFactory.createForClass(Programme);
