import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { IncidentState } from './incident-states.rules.js';

export const INCIDENTS = 'compliance_incidents';

/** An incident in an organisation. Whom it is about, and in which words, stays there. */
@Schema({ collection: INCIDENTS, strict: 'throw', versionKey: false, _id: false })
export class Incident implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) organisationBin: string;
  @Prop({ type: String, required: true }) state: IncidentState;
  @Prop({ type: String, required: true }) kind: string;
  @Prop({ type: String, required: true }) reportedDay: string;
  @Prop({ type: String, required: true }) reportedBy: string;
  @Prop({ type: String }) inquiryDay?: string;
  @Prop({ type: String }) inquiryBy?: string;
  /** While there is none, who inquires must not be touched. */
  @Prop({ type: String }) inquiryEndDay?: string;
  @Prop({ type: String }) decidedBy?: string;
  @Prop({ type: Boolean }) concealed?: boolean;
  @Prop({ type: Boolean }) signsOfCrime?: boolean;
  @Prop({ type: String }) receiptNumber?: string;
  @Prop({ type: String }) notifiedDay?: string;
  @Prop({ type: Object }) remedy?: { documentNumber: string; dueDay: string; by: string };
  @Prop({ type: String }) verifiedBy?: string;
}

export const IncidentSchema = SchemaFactory.createForClass(Incident).index({ organisationBin: 1, state: 1 });
