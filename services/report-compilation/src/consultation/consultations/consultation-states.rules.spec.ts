import { describe, expect, it } from '@jest/globals';
import {
  beginsAs,
  CONSULTATION_STATES,
  CONSULTATION_TRANSITIONS,
  type ConsultationState,
  mayComment,
  mayWorkOn,
  moveConsultation,
} from './consultation-states.rules.js';

const length = { shortestDays: 14, longestDays: 30 };

describe('a consultation', () => {
  it.each(CONSULTATION_STATES.flatMap((from) => CONSULTATION_STATES.map((to) => [from, to] as const)))(
    'goes from %s to %s as the table says',
    (from, to) => {
      const allowed: readonly string[] = CONSULTATION_TRANSITIONS[from];
      if (allowed.includes(to)) expect(moveConsultation(from, to)).toBe(to);
      else
        expect(() => moveConsultation(from, to)).toThrow(
          expect.objectContaining({ code: 'illegal_transition', details: { allowed } }),
        );
    },
  );

  it.each([
    ['2025-03-01', '2025-03-14', 'open'],
    ['2025-03-02', '2025-03-31', 'announced'],
    ['2025-02-28', '2025-03-20', 'firstDay'],
    ['2026-03-03', '2026-03-20', 'firstDay'],
    ['2025-03-01', '2025-03-13', 'lastDay'],
    ['2025-03-01', '2025-03-31', 'lastDay'],
    ['2025-03-10', '2025-03-01', 'lastDay'],
  ])('from %s to %s, opened on 1 March 2025: %s', (first, last, outcome) => {
    const begin = () => beginsAs(length, first, last, '2025-03-01');
    if (outcome === 'open' || outcome === 'announced') expect(begin()).toBe(outcome);
    else expect(begin).toThrow(expect.objectContaining({ code: 'day_out_of_range', details: { field: outcome } }));
  });

  it.each([
    ['open', '2025-03-01', true],
    ['open', '2025-03-14', true],
    // The timer that ends it has not fired yet.
    ['open', '2025-03-15', false],
    ['announced', '2025-02-28', false],
    ['answering', '2025-03-14', false],
    ['closed', '2025-03-14', false],
  ] as [ConsultationState, string, boolean][])('%s, on %s, takes a comment: %s', (state, today, takes) => {
    const comment = () => mayComment({ state, firstDay: '2025-03-01', lastDay: '2025-03-14' }, today);
    if (takes) expect(comment).not.toThrow();
    else expect(comment).toThrow(expect.objectContaining({ code: 'reception_closed' }));
  });

  it('lets work go on in the states that are named', () => {
    expect(() => mayWorkOn('answering', ['answering'])).not.toThrow();
    expect(() => mayWorkOn('closed', ['open', 'answering'])).toThrow(
      expect.objectContaining({ code: 'illegal_transition' }),
    );
  });
});
