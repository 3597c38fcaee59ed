import { describe, expect, it } from '@jest/globals';
import {
  judgeApproval,
  moveProgramme,
  PROGRAMME_STATES,
  PROGRAMME_TRANSITIONS,
  type ProgrammeState,
} from './programme-states.rules.js';

describe('a programme goes only where its table leads', () => {
  it.each(PROGRAMME_STATES.flatMap((from) => PROGRAMME_STATES.map((to) => [from, to] as const)))(
    '%s to %s',
    (from, to) => {
      const allowed: readonly ProgrammeState[] = PROGRAMME_TRANSITIONS[from];
      if (allowed.includes(to)) expect(moveProgramme(from, to)).toBe(to);
      else
        expect(() => moveProgramme(from, to)).toThrow(
          expect.objectContaining({ code: 'illegal_transition', details: { allowed } }),
        );
    },
  );
});

describe('an approval', () => {
  const goal = { code: 'g', indicators: [{}] };
  it.each([
    ['by who planned', 'anna', [goal], 'same_person'],
    ['of nothing', 'boris', [], 'out_of_order'],
    ['of a goal that nothing measures', 'boris', [goal, { code: 'h', indicators: [] }], 'out_of_order'],
  ] as [string, string, (typeof goal)[], string][])('%s is refused', (_, by, goals, code) =>
    expect(() => judgeApproval(by, ['anna'], goals)).toThrow(expect.objectContaining({ code })),
  );
  it('by another person holds', () => expect(() => judgeApproval('boris', ['anna'], [goal])).not.toThrow());
});
