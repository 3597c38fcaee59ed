import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { KzRegion, ModerationGround } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';
import type { Language } from '../../report-model/report-model.rules.js';
import type { Answer } from '../answer-comment/answer.rules.js';
import type { Anchor } from '../reanchor-comments/anchor.rules.js';
import type { CommentState } from './comment-states.rules.js';
import type { CommenterKind } from './commenter.rules.js';

export const COMMENTS = 'consultation_comments';

/** A step of moderation. `by` is a user of the office, or `public` for the appeal. */
export interface ModerationStep {
  readonly day: string;
  readonly by: string;
  readonly to: CommentState;
  readonly ground?: ModerationGround;
  /** What the appeal says, or the reason of who decided it. */
  readonly says?: string;
}

/** A comment of civil society. Who wrote it is what they declared of themselves; there is no name, no address, no hour. */
@Schema({ collection: COMMENTS, strict: 'throw', versionKey: false, _id: false })
export class Comment implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) consultationId: string;
  @Prop({ type: String, required: true }) documentId: string;
  @Prop({ type: String, required: true, unique: true }) receiptNumber: string;
  @Prop({ type: String, required: true }) state: CommentState;
  @Prop({ type: String, required: true }) receivedDay: string;
  @Prop({ type: String, required: true }) kind: CommenterKind;
  @Prop({ type: String }) region?: KzRegion;
  @Prop({ type: String, required: true }) language: Language;
  @Prop({ type: String, required: true }) text: string;
  /** Where it stands, version by version; the first is the one that it was made on. */
  @Prop({ type: [Object], required: true }) anchors: Anchor[];
  @Prop({ type: Number, required: true }) anchoredIn: number;
  /** The first id of those that say almost the same, itself included; set when comments no longer come in. */
  @Prop({ type: String }) cluster?: string;
  @Prop({ type: [Object], required: true }) answers: Answer[];
  @Prop({ type: [Object], required: true }) moderation: ModerationStep[];
  @Prop({ type: String }) hiddenDay?: string;
}

export const CommentSchema = SchemaFactory.createForClass(Comment)
  .index({ consultationId: 1, state: 1 })
  .index({ consultationId: 1, cluster: 1 })
  .index({ documentId: 1, anchoredIn: 1 });
