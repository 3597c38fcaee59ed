import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Aggregate } from '@aiqyn/platform';
import type { Delivery } from './delivery.rules.js';
import type { NoticeKind } from './notice-kinds.rules.js';

export const NOTICES = 'notices';

/** That a position was to be told something, and how far that got. Its id is derived from the event that it is of. */
@Schema({ collection: NOTICES, strict: 'throw', versionKey: false, _id: false })
export class Notice implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) kind: NoticeKind;
  @Prop({ type: String, required: true, index: true }) aboutId: string;
  @Prop({ type: String, required: true }) day: string;
  @Prop({ type: String, required: true }) toPosition: string;
  @Prop({ type: String }) organisationBin?: string;
  @Prop({ type: String, required: true, index: true }) delivery: Delivery;
  @Prop({ type: Number, required: true }) attempts: number;
  /** Why the last try failed: a code. */
  @Prop({ type: String }) reason?: string;
}

export const NoticeSchema = SchemaFactory.createForClass(Notice);
