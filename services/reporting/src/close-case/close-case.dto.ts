import { IsPart } from '@aiqyn/platform';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { FEEDBACK_CODES, type FeedbackCode } from '../cases/feedback.js';
import { SealedByClient } from '../sealing/sealed.dto.js';

export class ReferCase {
  /** The code of a body in data/policies/referral-bodies.json. */
  @Matches(/^[a-z][a-z-]{1,40}$/) to: string;
  /** The content, sealed on the office's machine to the body's key as `handover/<to>` of the case; facts only without it. */
  @IsOptional() @IsPart(() => SealedByClient) sealed?: SealedByClient;
}

export class CloseCase {
  /** What the reporting person is told; may be missing only when they were told before. */
  @IsOptional() @IsIn(FEEDBACK_CODES) feedback?: FeedbackCode;
}

export const REOPENING_REASONS = ['new-evidence', 'appeal-allowed', 'court-remand'] as const;

export class ReopenCase {
  @IsIn(REOPENING_REASONS) reason: (typeof REOPENING_REASONS)[number];
}
