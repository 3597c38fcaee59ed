import { describe, expect, it } from '@jest/globals';
import {
  ASSESSMENT_STATES,
  ASSESSMENT_TRANSITIONS,
  type AssessmentState,
  judgeObjectionDay,
  judgePlan,
  moveAssessment,
  termOf,
} from './assessment-states.rules.js';

const allowedFrom = (from: AssessmentState): readonly AssessmentState[] => ASSESSMENT_TRANSITIONS[from];

describe('an assessment', () => {
  it.each(ASSESSMENT_STATES.flatMap((from) => ASSESSMENT_STATES.map((to) => [from, to] as const)))(
    'goes only where its table leads: %s to %s',
    (from, to) => {
      const allowed = allowedFrom(from);
      if (allowed.includes(to)) expect(moveAssessment(from, to)).toBe(to);
      else
        expect(() => moveAssessment(from, to)).toThrow(
          expect.objectContaining({ code: 'illegal_transition', details: { allowed } }),
        );
    },
  );

  it('comes to an end from everywhere, and to a grade over a review only', () => {
    const ends = (state: AssessmentState): boolean =>
      allowedFrom(state).length === 0 || allowedFrom(state).some((next) => ends(next));
    for (const state of ASSESSMENT_STATES) expect([state, ends(state)]).toEqual([state, true]);
    const into = (to: AssessmentState) => ASSESSMENT_STATES.filter((from) => allowedFrom(from).includes(to));
    expect([into('under-review'), into('result-draft'), into('final')]).toEqual([
      ...[['self-assessed'], ['under-review'], ['result-draft', 'objection']],
    ]);
  });

  it('has a term that can be missed where somebody is at work', () =>
    expect(ASSESSMENT_STATES.filter((state) => termOf(state))).toEqual([
      ...['open', 'self-assessed', 'under-review', 'final', 'remedial-plan'],
    ]));

  it.each([
    ['2025-03-18', '2025-03-18', true],
    ['2025-03-19', '2025-03-18', false],
    ['2025-03-19', undefined, false],
  ] as [string, string | undefined, boolean][])('may be objected to on %s until %s: %s', (day, dueDay, may) => {
    if (may) expect(() => judgeObjectionDay(day, dueDay)).not.toThrow();
    else expect(() => judgeObjectionDay(day, dueDay)).toThrow(expect.objectContaining({ code: 'too_late' }));
  });
});

describe('a remedial plan', () => {
  const plan = (...measures: [string, string][]) => measures.map(([requirement, dueDay]) => ({ requirement, dueDay }));
  it.each([
    [plan(['A', '2025-03-01'], ['B', '2026-03-01']), undefined],
    [plan(['A', '2025-03-01'], ['A', '2025-03-02'], ['B', '2025-03-02'], ['C', '2025-03-02']), undefined],
    [plan(['A', '2025-03-01']), 'plan_incomplete'],
    [plan(['A', '2025-02-28'], ['B', '2025-03-02']), 'day_out_of_range'],
    [plan(['A', '2025-03-01'], ['B', '2026-03-02']), 'day_out_of_range'],
  ])('%j: %s', (measures, code) => {
    if (!code) expect(() => judgePlan(['A', 'B'], measures, '2025-03-01', 365)).not.toThrow();
    else expect(() => judgePlan(['A', 'B'], measures, '2025-03-01', 365)).toThrow(expect.objectContaining({ code }));
  });
});
