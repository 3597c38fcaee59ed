import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { ConsultationState } from './consultation-states.rules.js';

export const CONSULTATIONS = 'consultations';

/** A public consultation on one published version of a document. */
@Schema({ collection: CONSULTATIONS, strict: 'throw', versionKey: false, _id: false })
export class Consultation implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true, index: true }) documentId: string;
  @Prop({ type: Number, required: true }) documentVersion: number;
  @Prop({ type: String, required: true }) state: ConsultationState;
  @Prop({ type: String, required: true }) firstDay: string;
  @Prop({ type: String, required: true }) lastDay: string;
  @Prop({ type: String, required: true }) policy: string;
  @Prop({ type: Object, required: true }) opened: { readonly day: string; readonly by: string };
  @Prop({ type: Number, required: true }) comments: number;
  /** Counts up with each step of a comment, so that none of them and a move of the consultation overlook each other. */
  @Prop({ type: Number, required: true }) steps: number;
  /** The day on which near-duplicates were put together. */
  @Prop({ type: String }) clusteredDay?: string;
  @Prop({ type: Object }) closed?: { readonly day: string; readonly by: string };
}

export const ConsultationSchema = SchemaFactory.createForClass(Consultation);
