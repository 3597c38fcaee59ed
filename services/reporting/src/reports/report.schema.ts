import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { ReportCategory, ReportMode } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';
import type { Sealed } from '../sealing/sealing.js';
import type { ReportState } from '../cases/report-states.rules.js';

export const REPORTS = 'reports';

/** What a reporting person handed in. Structured facts are clear, since they feed events; words and identity are sealed. */
@Schema({ collection: REPORTS, strict: 'throw', versionKey: false, _id: false })
export class Report implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true, index: true }) state: ReportState;
  /** The day, never the minute (requirement 4 of the domain notes). */
  @Prop({ type: String, required: true }) receivedDay: string;
  @Prop({ type: String, required: true }) acknowledgeBy: string;
  @Prop({ type: String, required: true }) feedbackBy: string;
  @Prop({ type: String, required: true }) deadlinePolicy: string;
  @Prop({ type: String, required: true }) mode: ReportMode;
  @Prop({ type: String, required: true }) category: ReportCategory;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String, required: true }) region: string;
  @Prop({ type: String }) organisationBin?: string;
  @Prop({ type: Number }) allegedAmount?: number;
  @Prop({ type: Object, required: true }) narrative: Sealed;
  @Prop({ type: Object }) contact?: Sealed;
  /** HMAC of the receipt code under the pepper: with the database alone the right code cannot be recognised. */
  @Prop({ type: String, required: true, unique: true }) receiptVerifier: string;
  @Prop({ type: String, index: true }) caseId?: string;
  @Prop({ type: String }) rejectionReason?: string;
}

export const ReportSchema = SchemaFactory.createForClass(Report);
