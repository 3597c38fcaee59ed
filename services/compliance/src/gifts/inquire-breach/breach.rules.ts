import { RuleError } from '@aiqyn/contracts';

/** What an inquiry may find, by outcome; codes, no prose. */
export const BREACH_REASONS = {
  confirmed: ['not-handed-over', 'hidden', 'spent-or-given-away', 'refused-to-hand-over'],
  dismissed: ['merit-proven', 'not-received', 'handed-over-in-time', 'could-not-act', 'data-wrong'],
} as const;
export type BreachOutcome = keyof typeof BREACH_REASONS;

/** Throws RuleError `bad_reason` when the reason does not go with the outcome. */
export function judgeReason(outcome: BreachOutcome, reason: string): void {
  const allowed: readonly string[] = BREACH_REASONS[outcome];
  if (!allowed.includes(reason))
    throw new RuleError('bad_reason', 'the reason does not go with the outcome', { field: 'reason', allowed });
}
