import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GOAL_OUTCOMES, GOAL_STATUSES } from '@aiqyn/contracts';
import { MILESTONE_STATES } from '../reach-milestone/milestone-states.rules.js';
import { type Countable, type Counts, rollUp } from './roll-up.rules.js';

const goals: fc.Arbitrary<Countable[]> = fc.array(
  fc.record({
    _id: fc.uuid(),
    indicators: fc.array(
      fc.record({ status: fc.constantFrom(...GOAL_STATUSES), outcome: fc.constantFrom(...GOAL_OUTCOMES) }),
    ),
    milestones: fc.array(fc.record({ state: fc.constantFrom(...MILESTONE_STATES) })),
  }),
);
const KINDS = { status: GOAL_STATUSES, outcome: GOAL_OUTCOMES, milestones: MILESTONE_STATES } as const;

describe('the counts of a programme', () => {
  it('sum to the total at every level, and the goals to the programme', () => {
    fc.assert(
      fc.property(goals, (all) => {
        const counted = rollUp(all);
        const value = (counts: Counts, kind: keyof typeof KINDS, word: string): number =>
          (counts[kind] as unknown as Record<string, number>)[word]!;
        for (const kind of ['status', 'outcome', 'milestones'] as const)
          for (const level of [counted, ...counted.goals]) {
            const parts = (KINDS[kind] as readonly string[]).map((word) => value(level, kind, word));
            expect(parts.reduce((sum, n) => sum + n, 0)).toBe(level[kind].total);
          }
        for (const kind of ['status', 'outcome', 'milestones'] as const)
          for (const word of ['total', ...(KINDS[kind] as readonly string[])])
            expect(counted.goals.reduce((sum, goal) => sum + value(goal, kind, word), 0)).toBe(
              value(counted, kind, word),
            );
        expect(counted.status.total).toBe(all.flatMap(({ indicators }) => indicators).length);
      }),
    );
  });
});
