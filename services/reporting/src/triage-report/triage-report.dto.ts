import { IsIn, IsUUID } from 'class-validator';
import { FEEDBACK_CODES, type FeedbackCode } from '../cases/feedback.js';

export const REJECTION_REASONS = ['out-of-scope', 'insufficient', 'duplicate', 'manifestly-false'] as const;

export class RejectReport {
  @IsIn(REJECTION_REASONS) reason: (typeof REJECTION_REASONS)[number];
  /** What the reporting person is told; a rejection without it is none. */
  @IsIn(FEEDBACK_CODES) feedback: FeedbackCode;
}

export class MergeCase {
  /** The lead case. */
  @IsUUID() into: string;
}
