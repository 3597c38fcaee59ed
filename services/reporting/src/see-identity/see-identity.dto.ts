import { IsIn, Matches } from 'class-validator';
import { SUBJECT } from '../assign-case/assign-case.dto.js';

export const IDENTITY_REASONS = ['witness-hearing', 'protection', 'reward-claim', 'court-order'] as const;

export class AskForIdentity {
  @IsIn(IDENTITY_REASONS) reason: (typeof IDENTITY_REASONS)[number];
}

export class ApproveIdentity {
  /** The subject of whoever asked. */
  @Matches(SUBJECT) requestedBy: string;
}
