import { COMPLETION_STEPS, type CompletionStep } from '@aiqyn/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Unit } from '../documents/units.rules.js';
import { type Assessment, frozen, mayAssess, type Measure, quarterOf, standingOf } from './plan.rules.js';

const title = { kk: 'Шара', ru: 'Мера', en: 'Measure' };
const measure = (measureId: string, unitId = 'p1'): Measure => ({ measureId, unitId, title });
const units: Unit[] = [{ unitId: 'p1', number: '1', kind: 'paragraph', text: title }];
const said = (measureId: string, side: 'official' | 'shadow', step: CompletionStep, by = 'anna'): Assessment => ({
  ...{ measureId, side, step, by, day: '2026-07-01' },
});

describe('a plan', () => {
  it.each([
    ['2026-01-01', '2026-Q1'],
    ['2026-03-31', '2026-Q1'],
    ['2026-04-01', '2026-Q2'],
    ['2026-12-31', '2026-Q4'],
  ])('of %s is that of %s', (day, quarter) => expect(quarterOf(day)).toBe(quarter));

  it.each([
    ['2026-Q3', [measure('m1'), measure('m2')], undefined],
    ['2027-Q1', [measure('m1')], undefined],
    ['2026-Q2', [measure('m1')], 'quarter'],
    ['2026-Q3', [measure('m1'), measure('m1')], 'measures.1.measureId'],
    ['2026-Q3', [measure('m1', 'p9')], 'measures.0.unitId'],
  ] as [string, Measure[], string | undefined][])(
    'for %s is frozen in the third quarter: %#',
    (quarter, told, field) => {
      const freeze = () => frozen(told, quarter, '2026-07-01', units);
      if (field === undefined) expect(freeze()).toEqual(told);
      else expect(freeze).toThrow(expect.objectContaining({ details: { field } }));
    },
  );

  it.each([
    ['m1', 'complete', 'https://adilet.zan.kz/1', undefined],
    ['m1', 'not-started', undefined, undefined],
    ['m1', 'limited', undefined, 'evidence_missing'],
    ['m9', 'not-started', undefined, 'no_such_measure'],
  ] as [string, CompletionStep, string | undefined, string | undefined][])(
    '%s is assessed as %s with %s: %s',
    (measureId, step, evidence, code) => {
      const assess = () => mayAssess([measure('m1')], { measureId, step, ...(evidence ? { evidence } : {}) });
      if (code === undefined) expect(assess).not.toThrow();
      else expect(assess).toThrow(expect.objectContaining({ code }));
    },
  );

  it('shows those outside beside the office, each with the last word', () => {
    const standing = standingOf(
      [measure('m1'), measure('m2')],
      [
        ...[said('m1', 'official', 'limited'), said('m1', 'official', 'complete')],
        ...[
          said('m1', 'shadow', 'complete', 'b'),
          said('m1', 'shadow', 'limited', 'b'),
          said('m1', 'shadow', 'complete', 'c'),
        ],
        said('m2', 'shadow', 'limited', 'b'),
      ],
    );
    expect(standing.measures).toMatchObject([
      { official: { step: 'complete' }, shadow: { limited: 1, complete: 1 }, disputed: true },
      { official: null, shadow: { limited: 1 }, disputed: false },
    ]);
    expect(standing.official).toMatchObject({ complete: 1, 'not-assessed': 1 });
    expect(JSON.stringify(standing)).not.toContain('"by"');
  });

  it('keeps its denominator whatever is assessed, and the counts sum to it', () => {
    const assessments = fc.array(
      fc.record({
        measureId: fc.constantFrom('m1', 'm2', 'm3', 'gone'),
        side: fc.constantFrom('official' as const, 'shadow' as const),
        step: fc.constantFrom(...COMPLETION_STEPS),
        by: fc.constantFrom('a', 'b'),
        day: fc.constant('2026-07-01'),
      }),
    );
    fc.assert(
      fc.property(assessments, (all) => {
        const { denominator, official } = standingOf([measure('m1'), measure('m2'), measure('m3')], all);
        expect([denominator, Object.values(official).reduce((a, b) => a + b, 0)]).toEqual([3, 3]);
      }),
    );
  });
});
