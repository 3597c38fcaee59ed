import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { CaseDeadline, OffenceClass, ReportCategory, ReportMode } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';
import type { Taken } from '../attach-file/attachment.rules.js';
import type { Reward } from '../rewards/reward-steps.rules.js';
import type { Sealed } from '../sealing/sealing.js';
import type { IdentityRequest } from '../see-identity/identity.rules.js';
import type { Dialogue } from '../talk-to-reporter/dialogue.rules.js';
import type { Watch } from '../watch-deadlines/deadlines.rules.js';
import type { CaseState } from './case-states.rules.js';
import type { FeedbackCode } from './feedback.js';

export const CASES = 'cases';

/** What no list or answer of an office shows. */
export const SEALED_FIELDS = [
  ...(['events', 'narrative', 'contact', 'receiptVerifier', 'excluded'] as const),
  ...(['leaf', 'sequenceFrom'] as const),
];

/**
 * A case from the report that it began as to its end; its id is the report's. Structured facts are clear, since they feed
 * events; words and identity are sealed. A report that is merged into another case keeps its row and its receipt.
 */
@Schema({ collection: CASES, strict: 'throw', versionKey: false, _id: false })
export class Case implements Aggregate {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Number, required: true }) events: number;
  @Prop({ type: String, required: true }) state: CaseState;

  // What the reporting person handed in.
  /** The day, never the minute (requirement 4 of the domain notes). */
  @Prop({ type: String, required: true }) receivedDay: string;
  @Prop({ type: String, required: true }) mode: ReportMode;
  @Prop({ type: String, required: true }) category: ReportCategory;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String, required: true }) region: string;
  @Prop({ type: String }) organisationBin?: string;
  /** Tiyn. */
  @Prop({ type: Number }) allegedAmount?: number;
  @Prop({ type: Object, required: true }) narrative: Sealed;
  @Prop({ type: Object }) contact?: Sealed;
  /** HMAC of the receipt code under the pepper: with the database alone the right code cannot be recognised. */
  @Prop({ type: String, required: true, unique: true }) receiptVerifier: string;

  /** The hash that stands for this report in the transparency log. */
  @Prop({ type: String }) leaf?: string;
  /** Until it is in the tree: the day from which it may be. */
  @Prop({ type: String }) sequenceFrom?: string;

  /** The key that replies to them are sealed to. */
  @Prop({ type: String }) replyKey?: string;
  @Prop({ type: Object }) dialogue?: Dialogue;
  /** What their files take, unfinished ones too. */
  @Prop({ type: Object }) attachments?: Taken;
  /** Where an open question was asked. */
  @Prop({ type: String }) askedFrom?: CaseState | null;

  // What is owed to them, and by when.
  @Prop({ type: String, required: true }) acknowledgeBy: string;
  @Prop({ type: String, required: true }) feedbackBy: string;
  @Prop({ type: String, required: true }) deadlinePolicy: string;
  /** The next day on which somebody must be reminded, or a deadline is missed; the row is its own timer. */
  @Prop({ type: Object }) watch?: Watch | null;
  @Prop({ type: [String], default: undefined }) overdue?: CaseDeadline[] | null;
  @Prop({ type: String }) acknowledgedDay?: string;
  /** Why the feedback may take the longer term. */
  @Prop({ type: String }) extension?: string | null;
  @Prop({ type: String }) feedback?: FeedbackCode | null;
  @Prop({ type: String }) feedbackDay?: string | null;

  // What the agency does about it.
  /** A complaint of retaliation needs somebody. */
  @Prop({ type: Boolean }) retaliationOpen?: boolean;
  /** Who handles it; the subjects of their tokens. */
  @Prop({ type: [String], default: undefined }) assignees?: string[] | null;
  /** For whom there is no such case: named in the report, or stepped back. */
  @Prop({ type: [String], default: undefined }) excluded?: string[];
  /** Who asked to know who reported, why, and who agreed. */
  @Prop({ type: [Object], default: undefined }) identityRequests?: IdentityRequest[];
  @Prop({ type: String }) rejectionReason?: string;
  @Prop({ type: String }) referredTo?: string;
  @Prop({ type: Object }) suspension?: { reason: string; reviewDay: string } | null;
  @Prop({ type: String }) mergedInto?: string;
  /** Cases merged into this one, with the day on which each arrived: who was first matters for the reward. */
  @Prop({ type: [Object], default: undefined }) mergedFrom?: { caseId: string; receivedDay: string }[];
  @Prop({ type: String }) openedDay?: string;
  @Prop({ type: String }) decidedDay?: string;
  @Prop({ type: String }) offenceClass?: OffenceClass;
  /** Tiyn. */
  @Prop({ type: Number }) damage?: number;
  @Prop({ type: Object }) reward?: Reward;
}

export const CaseSchema = SchemaFactory.createForClass(Case);
CaseSchema.index({ state: 1, _id: 1 });
// Only cases that wait for something are in these, so that a list of what is due stays short among 100,000 others.
CaseSchema.index({ 'watch.day': 1 }, { sparse: true });
CaseSchema.index({ sequenceFrom: 1, leaf: 1 }, { partialFilterExpression: { sequenceFrom: { $exists: true } } });
CaseSchema.index({ overdue: 1, _id: 1 }, { sparse: true });
