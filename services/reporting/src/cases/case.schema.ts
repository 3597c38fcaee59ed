import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { CaseDeadline, FindingKind, OffenceClass, ReportCategory, ReportMode } from '@aiqyn/contracts';
import type { Aggregate } from '@aiqyn/platform';
import type { Appeal } from '../appeal-outcome/appeal.rules.js';
import type { LegalHold } from '../purge-cases/retention.rules.js';
import type { Proposal } from '../open-case/proposal.rules.js';
import type { Taken } from '../attach-file/attachment.rules.js';
import type { Reward } from '../rewards/reward-steps.rules.js';
import type { Kept } from '../case-keys/case-keys.js';
import type { KeyRef } from '../case-keys/lock.rules.js';
import type { IdentityRequest } from '../see-identity/identity.rules.js';
import type { Dialogue } from '../talk-to-reporter/dialogue.rules.js';
import type { Watch } from '../watch-deadlines/deadlines.rules.js';
import type { CaseState } from './case-states.rules.js';
import type { FeedbackCode } from './feedback.js';

export const CASES = 'cases';

/** What no list or answer of an office shows. */
export const SEALED_FIELDS = [
  ...(['events', 'narrative', 'contact', 'receiptVerifier', 'receiptPepper', 'excluded'] as const),
  ...(['leaf', 'sequenceFrom', 'key'] as const),
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

  /** The key that what is sealed lies under; a case older than keys has none, and a purged one none any more. */
  @Prop({ type: Object }) key?: KeyRef;

  // What the reporting person handed in.
  /** The day, never the minute (requirement 4 of the domain notes). */
  @Prop({ type: String, required: true }) receivedDay: string;
  /** None when nobody reported: the case begins with a finding. */
  @Prop({ type: String }) mode?: ReportMode;
  /** What risk-analysis found, and on what; undefined for a report. */
  @Prop({ type: Object }) finding?: { kind: FindingKind; subjectId: string };
  @Prop({ type: String, required: true }) category: ReportCategory;
  @Prop({ type: String, required: true }) areaCode: string;
  @Prop({ type: String, required: true }) region: string;
  @Prop({ type: String }) organisationBin?: string;
  /** Tiyn. */
  @Prop({ type: Number }) allegedAmount?: number;
  /** `kind/version` of the form that the narrative holds the answers of. */
  @Prop({ type: String }) form?: string;
  @Prop({ type: Object }) narrative?: Kept;
  @Prop({ type: Object }) contact?: Kept | null;
  /** They stand by it no longer; the case goes on where it was. */
  @Prop({ type: Boolean }) withdrawn?: boolean;
  @Prop({ type: String }) withdrawnDay?: string;
  /** HMAC of the receipt code under the pepper: with the database alone the right code cannot be recognised. */
  @Prop({ type: String, required: true, unique: true }) receiptVerifier: string;
  /** The id of that pepper; a verifier from before there were ids gets one at the next daily look. */
  @Prop({ type: String }) receiptPepper?: string;

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
  @Prop({ type: String }) acknowledgeBy?: string;
  @Prop({ type: String }) feedbackBy?: string;
  @Prop({ type: String }) deadlinePolicy?: string;
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
  /** An investigation that waits for another person's approval. */
  @Prop({ type: Object }) proposal?: Proposal | null;
  /** For whom there is no such case: named in the report, or stepped back. */
  @Prop({ type: [String], default: undefined }) excluded?: string[];
  /** Who asked to know who reported, why, and who agreed. */
  @Prop({ type: [Object], default: undefined }) identityRequests?: IdentityRequest[];
  @Prop({ type: String }) rejectionReason?: string;
  /** Who decided on an outcome of the agency's own. */
  @Prop({ type: String }) outcomeBy?: string | null;
  @Prop({ type: Object }) appeal?: Appeal | null;
  @Prop({ type: String }) closedDay?: string | null;
  /** The outcome with which it was closed. */
  @Prop({ type: String }) closedFrom?: CaseState | null;
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

  // How it is forgotten.
  @Prop({ type: Object }) legalHold?: LegalHold | null;
  /** The last day on which its content is kept. */
  @Prop({ type: String }) retainUntil?: string | null;
  @Prop({ type: String }) retentionPolicy?: string | null;
  /** The next day on which its purge is looked at; the row is its own timer. */
  @Prop({ type: String }) purgeDay?: string | null;
  /** The day on which its content was destroyed. */
  @Prop({ type: String }) purgedDay?: string;
}

/** A case with somebody who reported, and to whom something is owed. */
export type ReportedCase = Case & Required<Pick<Case, 'mode' | 'acknowledgeBy' | 'feedbackBy'>>;

export const CaseSchema = SchemaFactory.createForClass(Case);
CaseSchema.index({ state: 1, _id: 1 });
// Only cases that wait for something are in these, so that a list of what is due stays short among 100,000 others.
CaseSchema.index({ 'watch.day': 1 }, { sparse: true });
CaseSchema.index({ receiptPepper: 1, mode: 1 });
CaseSchema.index({ purgeDay: 1 }, { sparse: true });
CaseSchema.index({ sequenceFrom: 1 }, { partialFilterExpression: { sequenceFrom: { $exists: true } } });
// Not `sparse`: that leaves out only a row that has none of the fields, and each has an id. `$gt` leaves out a null too.
CaseSchema.index({ overdue: 1, _id: 1 }, { name: 'overdue', partialFilterExpression: { overdue: { $gt: '' } } });

/** The sorted leaves are found without, and the other took in each case: `sparse` with `_id` in it leaves none out. */
export const RETIRED_INDEXES = { [CASES]: ['sequenceFrom_1_leaf_1', 'overdue_1__id_1'] };
