import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { Check } from '../check-enrichment/checks.rules.js';
import type { Proven } from '../check-enrichment/household.rules.js';
import type { Explained } from './inquiry.rules.js';
import type { InquiryState } from './inquiry-states.rules.js';

export const INQUIRIES = 'enrichment_inquiries';

/** An inquiry into unjustified enrichment: what does not add up, what was explained, who decided what and why. */
@Schema({ collection: INQUIRIES, strict: 'throw', versionKey: false, _id: false })
export class Inquiry implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) state: InquiryState;
  @Prop({ type: String, required: true }) personId: string;
  @Prop({ type: Number, required: true }) year: number;
  @Prop({ type: String, required: true }) bodyBin: string;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String, required: true }) region: string;
  @Prop({ type: String, required: true }) day: string;
  /** Codes of what was triggered when the signal was given. */
  @Prop({ type: [String], required: true }) checks: string[];
  @Prop({ type: Boolean, required: true }) possible: boolean;
  @Prop({ type: Object }) notice?: { by: string; day: string; policy: string };
  @Prop({ type: String }) dueDay?: string | null;
  @Prop({ type: String }) extension?: string | null;
  @Prop({ type: Object }) explanation?: { by: string; day: string; sources: Explained[] };
  /** `basis` names the declarations and facts that were checked. */
  @Prop({ type: Object }) rechecked?: {
    by: string;
    day: string;
    basis: string;
    proven: Proven[];
    checks: string[];
    outcomes: Check[];
  };
  @Prop({ type: Object }) decision?: { by: string; day: string; outcome: string; reason: string; findingId?: string };
}

export const InquirySchema = SchemaFactory.createForClass(Inquiry)
  .index({ personId: 1, year: 1 })
  .index({ state: 1, dueDay: 1 });
