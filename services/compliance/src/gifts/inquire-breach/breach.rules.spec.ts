import { describe, expect, it } from '@jest/globals';
import { BREACH_REASONS, type BreachOutcome, judgeReason } from './breach.rules.js';

const outcomes = Object.keys(BREACH_REASONS) as BreachOutcome[];

describe('the finding of an inquiry', () => {
  it.each(
    outcomes.flatMap((outcome) =>
      Object.values(BREACH_REASONS)
        .flat()
        .map((reason) => [outcome, reason] as const),
    ),
  )('%s because %s', (outcome, reason) => {
    const allowed: readonly string[] = BREACH_REASONS[outcome];
    if (allowed.includes(reason)) expect(() => judgeReason(outcome, reason)).not.toThrow();
    else
      expect(() => judgeReason(outcome, reason)).toThrow(
        expect.objectContaining({ code: 'bad_reason', details: { field: 'reason', allowed } }),
      );
  });
});
