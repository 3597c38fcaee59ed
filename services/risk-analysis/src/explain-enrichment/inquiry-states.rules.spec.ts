import { describe, expect, it } from '@jest/globals';
import { INQUIRY_TRANSITIONS, type InquiryState, isDecided, moveInquiry } from './inquiry-states.rules.js';

const states = Object.keys(INQUIRY_TRANSITIONS) as InquiryState[];
const allowedFrom = (from: InquiryState): readonly string[] => INQUIRY_TRANSITIONS[from];

describe('an inquiry goes only where its table leads', () => {
  it.each(states.flatMap((from) => states.map((to) => [from, to] as const)))('%s to %s', (from, to) => {
    const allowed = allowedFrom(from);
    if (allowed.includes(to)) expect(moveInquiry(from, to)).toBe(to);
    else
      expect(() => moveInquiry(from, to)).toThrow(
        expect.objectContaining({ code: 'illegal_transition', details: { allowed } }),
      );
  });

  it('comes to an end from everywhere, and to justified or referred only over a check of the explanation', () => {
    const ends = (state: InquiryState, seen: InquiryState[] = []): boolean =>
      isDecided(state) ||
      allowedFrom(state).some(
        (next) => !seen.includes(next as InquiryState) && ends(next as InquiryState, [...seen, state]),
      );
    for (const state of states) expect([state, ends(state)]).toEqual([state, true]);
    const into = (to: string) => states.filter((from) => allowedFrom(from).includes(to));
    expect([into('justified'), into('referred')]).toEqual([['rechecked'], ['rechecked']]);
  });
});
