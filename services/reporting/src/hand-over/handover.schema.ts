import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Kept } from '../case-keys/case-keys.js';

export const HANDOVERS = 'handovers';

/** What another body gets of a case that was referred to it: facts, and, where it has a key, the content sealed to that key. */
@Schema({ collection: HANDOVERS, strict: 'throw', versionKey: false, _id: false })
export class Handover {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true, index: true }) caseId: string;
  /** The code of the body. */
  @Prop({ type: String, required: true }) to: string;
  @Prop({ type: String, required: true }) day: string;
  @Prop({ type: String, required: true }) category: string;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String, required: true }) region: string;
  /** Sealed on the office's machine as `handover/<body>` of the case; missing: facts only. */
  @Prop({ type: Object }) sealed?: Kept;
}

export const HandoverSchema = SchemaFactory.createForClass(Handover);
HandoverSchema.index({ to: 1, _id: 1 });
