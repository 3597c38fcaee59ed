import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Kept } from '../case-keys/case-keys.js';
import type { Side } from './dialogue.rules.js';

export const MESSAGES = 'messages';

/** One message of a case's dialogue. Its order is a number, not an instant: only the day is kept. */
@Schema({ collection: MESSAGES, strict: 'throw', versionKey: false, _id: false })
export class Message {
  /** A random UUID that the writer chose: what is sealed is bound to it. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) caseId: string;
  @Prop({ type: Number, required: true }) no: number;
  @Prop({ type: String, required: true }) from: Side;
  @Prop({ type: String, required: true }) day: string;
  /** To the other side's key. */
  @Prop({ type: Object, required: true }) sealed: Kept;
  /** The same to the writer's own key, when the writer wants to read it again. */
  @Prop({ type: Object }) copy?: Kept;
}

export const MessageSchema = SchemaFactory.createForClass(Message);
MessageSchema.index({ caseId: 1, no: 1 }, { unique: true });
