import { describe, expect, it } from '@jest/globals';
import { ACT_STATES, ACT_TRANSITIONS, type ActState, moveAct } from './act-states.rules.js';

const table = ACT_TRANSITIONS as Readonly<Record<ActState, readonly ActState[]>>;
const pairs = ACT_STATES.flatMap((from) => ACT_STATES.map((to) => [from, to] as const));

describe('the expertise of an act goes only where its procedure leads', () => {
  it.each(pairs)('%s to %s', (from, to) => {
    const allowed = table[from];
    if (allowed.includes(to)) expect(moveAct(from, to)).toBe(to);
    else
      expect(() => moveAct(from, to)).toThrow(
        expect.objectContaining({ code: 'illegal_transition', details: { allowed } }),
      );
  });

  it.each(ACT_STATES)('%s comes to an end', (state) => {
    const ends = (at: ActState, seen: ActState[]): boolean =>
      table[at].length === 0 || table[at].some((next) => !seen.includes(next) && ends(next, [...seen, next]));
    expect(ends(state, [state])).toBe(true);
  });

  it('is not adopted before the authority answered or was overdue with it', () => {
    const before = (Object.keys(table) as ActState[]).filter((from) => table[from].includes('adopted'));
    expect(before).toEqual(['responded', 'follow-up']);
  });
});
