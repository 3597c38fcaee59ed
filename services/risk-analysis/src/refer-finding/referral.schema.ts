import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { FindingKind, KzRegion, ReportCategory } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';

export const REFERRALS = 'referrals';

/** A finding that was handed over for a case; one a subject. */
@Schema({ collection: REFERRALS, strict: 'throw', versionKey: false, _id: false })
export class Referral implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) kind: FindingKind;
  @Prop({ type: String, required: true, unique: true }) subjectId: string;
  @Prop({ type: String, required: true }) day: string;
  @Prop({ type: String, required: true }) category: ReportCategory;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String, required: true }) region: KzRegion;
  @Prop({ type: String }) organisationBin?: string;
}

export const ReferralSchema = SchemaFactory.createForClass(Referral);
