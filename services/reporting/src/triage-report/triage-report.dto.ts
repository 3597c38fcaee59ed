import { IsIn } from 'class-validator';

export const REJECTION_REASONS = ['out-of-scope', 'insufficient', 'duplicate', 'manifestly-false'] as const;

export class RejectReport {
  @IsIn(REJECTION_REASONS) reason: (typeof REJECTION_REASONS)[number];
}
