import { describe, expect, it } from '@jest/globals';
import {
  INCIDENT_STATES,
  INCIDENT_TRANSITIONS,
  type IncidentState,
  judgeFinding,
  judgeNotified,
  moveIncident,
} from './incident-states.rules.js';

const allowedFrom = (from: IncidentState): readonly IncidentState[] => INCIDENT_TRANSITIONS[from];

describe('an incident', () => {
  it.each(INCIDENT_STATES.flatMap((from) => INCIDENT_STATES.map((to) => [from, to] as const)))(
    '%s to %s',
    (from, to) => {
      const allowed = allowedFrom(from);
      if (allowed.includes(to)) expect(moveIncident(from, to)).toBe(to);
      else
        expect(() => moveIncident(from, to)).toThrow(
          expect.objectContaining({ code: 'illegal_transition', details: { allowed } }),
        );
    },
  );

  it('is confirmed by an inquiry, and closed with a verified remedy or as unfounded', () => {
    const into = (to: IncidentState) => INCIDENT_STATES.filter((from) => allowedFrom(from).includes(to));
    expect([into('confirmed'), into('closed')]).toEqual([['inquiry'], ['verified', 'unfounded']]);
  });

  it.each([
    ['confirmed', true, true, true],
    ['unfounded', false, false, true],
    ['unfounded', true, false, false],
    ['unfounded', false, true, false],
  ] as ['confirmed' | 'unfounded', boolean, boolean, boolean][])(
    '%s, hidden %s, crime %s: %s',
    (outcome, c, s, may) => {
      if (may) expect(() => judgeFinding(outcome, c, s)).not.toThrow();
      else expect(() => judgeFinding(outcome, c, s)).toThrow(expect.objectContaining({ code: 'wrong_fields' }));
    },
  );

  it('with signs of a crime is closed with a receipt only', () => {
    expect(() => judgeNotified({ signsOfCrime: true })).toThrow(expect.objectContaining({ code: 'not_notified' }));
    for (const told of [{ signsOfCrime: true, receiptNumber: 'K/1' }, { signsOfCrime: false }, {}])
      expect(() => judgeNotified(told)).not.toThrow();
  });
});
