import { describe, expect, it } from '@jest/globals';
import { mayAct, move, type ReportStep, TRANSITIONS } from './release-order.rules.js';

const steps = Object.keys(TRANSITIONS) as ReportStep[];

describe('the order of release', () => {
  it.each(steps.flatMap((from) => steps.map((to) => [from, to] as const)))('%s to %s', (from, to) => {
    const allowed: readonly ReportStep[] = TRANSITIONS[from];
    if (allowed.includes(to)) expect(move(from, to)).toBe(to);
    else expect(() => move(from, to)).toThrow(expect.objectContaining({ code: 'illegal_transition' }));
  });

  it('refuses a person who has taken a step before, whichever', () => {
    const history = [
      { step: 'compiled', actor: 'a' },
      { step: 'approved', actor: 'b' },
    ];
    expect(() => mayAct(history, 'a', 'submitted')).toThrow(expect.objectContaining({ code: 'same_person' }));
    expect(() => mayAct(history, 'b', 'submitted')).toThrow(expect.objectContaining({ code: 'same_person' }));
    expect(() => mayAct(history, 'c', 'submitted')).not.toThrow();
  });
});
