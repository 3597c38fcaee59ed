import { IsIn, ValidateIf } from 'class-validator';
import { IsDay, showNeededFor } from '@aiqyn/platform';
import { FEEDBACK_CODES, type FeedbackCode } from '../cases/feedback.js';

@showNeededFor('finding', 'unsubstantiated', 'feedback')
export class EndInquiry {
  @IsIn(['substantiated', 'unsubstantiated']) finding: 'substantiated' | 'unsubstantiated';
  /** What the reporting person is told when the inquiry found nothing. */
  @ValidateIf((e: EndInquiry) => e.finding === 'unsubstantiated' || e.feedback !== undefined)
  @IsIn(FEEDBACK_CODES)
  feedback?: FeedbackCode;
}

export const SUSPENSION_REASONS = ['awaits-expert-opinion', 'awaits-foreign-reply', 'person-not-found'] as const;

export class SuspendCase {
  @IsIn(SUSPENSION_REASONS) reason: (typeof SUSPENSION_REASONS)[number];
  /** The day on which somebody looks again. */
  @IsDay() reviewDay: string;
}

export const RESUMPTION_REASONS = ['review-day', 'new-fact'] as const;

export class ResumeCase {
  @IsIn(RESUMPTION_REASONS) reason: (typeof RESUMPTION_REASONS)[number];
}
