import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { EvidenceState } from './evidence-states.rules.js';

export const EVIDENCE = 'compliance_evidence';

/** What proves a requirement in an organisation. The document stays there; its number and digest are kept. */
@Schema({ collection: EVIDENCE, strict: 'throw', versionKey: false, _id: false })
export class Evidence implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) organisationBin: string;
  @Prop({ type: String, required: true }) requirement: string;
  @Prop({ type: String, required: true }) kind: string;
  @Prop({ type: String, required: true }) state: EvidenceState;
  @Prop({ type: String }) requestedBy?: string;
  /** The day that it speaks of, which is not the one on which it was handed in. */
  @Prop({ type: String }) effectiveDay: string;
  @Prop({ type: String }) uploadedDay?: string;
  @Prop({ type: String }) expiresDay?: string;
  @Prop({ type: String }) documentNumber?: string;
  @Prop({ type: String }) sha256?: string;
  @Prop({ type: String }) submittedBy?: string;
  @Prop({ type: String }) decidedBy?: string;
  @Prop({ type: String }) rejection?: string;
}

export const EvidenceSchema = SchemaFactory.createForClass(Evidence).index({ organisationBin: 1, state: 1 });
