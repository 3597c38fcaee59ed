import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { RetaliationKind } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';
import type { Kept } from '../case-keys/case-keys.js';
import type { ComplaintState } from './complaint-states.rules.js';

export const COMPLAINTS = 'retaliation_complaints';

/** What was done to a reporting person because they reported, and what the office does about it. */
@Schema({ collection: COMPLAINTS, strict: 'throw', versionKey: false, _id: false })
export class Complaint implements Aggregate {
  /** A random UUID that a client which seals chooses itself. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true, index: true }) caseId: string;
  @Prop({ type: String, required: true }) state: ComplaintState;
  @Prop({ type: String, required: true }) kind: RetaliationKind;
  @Prop({ type: String, required: true }) lodgedDay: string;
  /** What happened; missing once the case is purged. */
  @Prop({ type: Object }) account?: Kept;
  @Prop({ type: String }) reason?: string;
}

export const ComplaintSchema = SchemaFactory.createForClass(Complaint);
