import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '@aiqyn/contracts';
import { clockRuns, GIFT_STATES, GIFT_TRANSITIONS, type GiftState, hasRunOut, moveGift } from './gift-states.rules.js';

const allowedFrom = (from: GiftState): readonly GiftState[] => GIFT_TRANSITIONS[from];

describe('a gift goes only where its table leads', () => {
  it.each(GIFT_STATES.flatMap((from) => GIFT_STATES.map((to) => [from, to] as const)))('%s to %s', (from, to) => {
    const allowed = allowedFrom(from);
    if (allowed.includes(to)) expect(moveGift(from, to)).toBe(to);
    else
      expect(() => moveGift(from, to)).toThrow(
        expect.objectContaining({ code: 'illegal_transition', details: { allowed } }),
      );
  });

  it('comes to an end from everywhere; a breach only over an inquiry, a disposal only over a valuation', () => {
    const ends = (state: GiftState, seen: GiftState[] = []): boolean =>
      allowedFrom(state).length === 0 ||
      allowedFrom(state).some((next) => !seen.includes(next) && ends(next, [...seen, state]));
    for (const state of GIFT_STATES) expect([state, ends(state)]).toEqual([state, true]);
    const into = (to: GiftState) => GIFT_STATES.filter((from) => allowedFrom(from).includes(to));
    expect([into('breach'), into('exempt'), into('valued'), into('disposed')]).toEqual([
      ['breach-review'],
      ['exemption-review'],
      ['handed-over'],
      ['valued'],
    ]);
  });

  it('is overdue from each state in which the clock runs, and from no other', () => {
    for (const state of GIFT_STATES) expect(allowedFrom(state).includes('overdue')).toBe(clockRuns(state));
  });
});

describe('the term', () => {
  it('runs out with the day after its last, in a state in which it runs, wherever in the calendar', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...GIFT_STATES),
        fc.integer({ min: 0, max: 3_000 }),
        fc.integer({ min: -20, max: 20 }),
        (state, offset, late) => {
          const handOverBy = addDays('2020-12-25', offset);
          expect(hasRunOut({ state, handOverBy }, addDays(handOverBy, late))).toBe(clockRuns(state) && late > 0);
        },
      ),
    );
  });
});
