import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Kept } from '../case-keys/case-keys.js';

export const APPEALS = 'appeals';

/** The words of an appeal, sealed to the channel; where it stands is told by the case. */
@Schema({ collection: APPEALS, strict: 'throw', versionKey: false, _id: false })
export class AppealText {
  /** A random UUID that a client which seals chooses itself. */
  @Prop({ type: String, required: true }) _id: string;
  /** The case that is appealed. */
  @Prop({ type: String, required: true, index: true }) caseId: string;
  /** Whose report: what is sealed is bound to it, and it differs from the case when it was merged into another. */
  @Prop({ type: String, required: true }) reportId: string;
  @Prop({ type: String, required: true }) day: string;
  @Prop({ type: Object, required: true }) text: Kept;
}

export const AppealTextSchema = SchemaFactory.createForClass(AppealText);
