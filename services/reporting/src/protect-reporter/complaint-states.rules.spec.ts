import { describe, expect, it } from '@jest/globals';
import { COMPLAINT_STATES, moveComplaint, retaliationOpen, TRANSITIONS } from './complaint-states.rules.js';

describe('a retaliation complaint', () => {
  it.each(COMPLAINT_STATES.flatMap((from) => COMPLAINT_STATES.map((to) => [from, to] as const)))(
    '%s to %s',
    (from, to) => {
      const allowed: readonly string[] = TRANSITIONS[from];
      if (allowed.includes(to)) expect(moveComplaint(from, to)).toBe(to);
      else expect(() => moveComplaint(from, to)).toThrow(expect.objectContaining({ details: { allowed } }));
    },
  );

  it('is decided only after it was assessed', () => {
    const before = COMPLAINT_STATES.filter((s) => (TRANSITIONS[s] as readonly string[]).includes('not-upheld'));
    expect(before).toEqual(['assessed']);
  });

  it.each([
    [[], false],
    [['closed'], false],
    [['closed', 'monitored'], true],
    [['lodged'], true],
  ] as const)('of states %j keeps the flag of the case: %s', (states, open) =>
    expect(retaliationOpen(states)).toBe(open),
  );
});
