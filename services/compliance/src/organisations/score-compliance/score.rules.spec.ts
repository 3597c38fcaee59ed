import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COMPLIANCE_GRADES, DEDUCTIONS } from '@aiqyn/contracts';
import { assessmentFile } from './assessment-file.rules.js';
import { type Catalogue, catalogue } from './catalogue.rules.js';
import type { Level } from './claim.rules.js';
import { type ScoreFacts, scoreOf } from './score.rules.js';

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));
const shipped = read('data/catalogues/requirements/1.0.0.json');
const pack = catalogue(shipped);
const DAY = '2025-12-01';
const all = (level: Level, more: Record<string, Level | undefined> = {}): Map<string, Level> => {
  const levels = new Map<string, Level>(pack.requirements.map(({ code }) => [code, level]));
  for (const [code, other] of Object.entries(more))
    if (other === undefined) levels.delete(code);
    else levels.set(code, other);
  return levels;
};
const facts = (levels: ReadonlyMap<string, Level>, more: Partial<ScoreFacts> = {}): ScoreFacts => ({
  ...{ day: DAY, levels },
  ...more,
});

describe('the score', () => {
  it('of the worked example of the catalogue is 36.39, grade D', () => {
    const { catalogue: own, facts: given } = assessmentFile(read('fixtures/worked-example.json'), shipped);
    expect(scoreOf(own, given)).toMatchObject({
      ...{ score: 3639, grade: 'D', status: 'graded', gates: [], deducted: 2 },
      areas: [{ score: 6250 }, { score: 2500 }],
    });
  });

  it.each([
    ['everything at 4', all(4), {}, 10_000, 'A', 'graded', []],
    ['everything at 3', all(3), {}, 7_500, 'B', 'graded', []],
    ['everything at 2', all(2), {}, 5_000, 'C', 'graded', []],
    ['everything at 1', all(1), {}, 2_500, 'D', 'graded', ['G2']],
    ['everything at 0', all(0), {}, 0, 'E', 'non-compliant', ['G1', 'G2']],
    ['a mandatory one at 0', all(4, { 'LEAD-01': 0 }), {}, 9_700, 'D', 'non-compliant', ['G1']],
    ['a mandatory one that nobody assessed', all(4, { 'LEAD-01': undefined }), {}, 9_700, 'D', 'non-compliant', ['G1']],
    ['independence at 1', all(4, { 'SERV-04': 1 }), {}, 9_858, 'C', 'graded', ['G2']],
    ['an officer removed', all(4), { independenceBreached: true }, 10_000, 'C', 'graded', ['G2']],
    ['a plan 30 days late', all(4), { planDueDay: '2025-11-01' }, 10_000, 'A', 'graded', []],
    ['a plan 31 days late', all(4), { planDueDay: '2025-10-31' }, 10_000, 'C', 'graded', ['G3']],
    ['what does not apply', all(4, { 'THRD-05': 'NA' }), {}, 10_000, 'A', 'graded', []],
    ['a head convicted', all(4), { deductions: [{ cause: 'headConvicted', day: DAY }] }, 9_500, 'A', 'graded', []],
    [
      'a day before',
      all(4),
      { deductions: [{ cause: 'headConvicted', day: '2025-12-02' }] },
      10_000,
      'A',
      'graded',
      [],
    ],
    ['a year', all(4), { deductions: [{ cause: 'headConvicted', day: '2024-12-01' }] }, 10_000, 'A', 'graded', []],
    ['less', all(4), { deductions: [{ cause: 'headConvicted', day: '2024-12-02' }] }, 9_500, 'A', 'graded', []],
  ] as [string, Map<string, Level>, Partial<ScoreFacts>, number, string, string, string[]][])(
    'with %s',
    (_, levels, more, score, grade, status, gates) =>
      expect(scoreOf(pack, facts(levels, more))).toMatchObject({ score, grade, status, gates }),
  );

  it('has no grade when less than 80 per cent are assessed, and one with 80', () => {
    const some = (n: number) => new Map([...all(4)].filter(([code]) => code !== 'RESP-04').slice(0, n));
    // 50 less one that does not apply: 39 of 49 are 79.6 per cent.
    const levels = (n: number) => some(n).set('RESP-04', 'NA');
    expect(scoreOf(pack, facts(levels(39)))).toMatchObject({ status: 'incomplete', assessed: 39, applicable: 49 });
    expect(scoreOf(pack, facts(levels(39))).grade).toBeUndefined();
    expect(scoreOf(pack, facts(levels(40))).gates).not.toContain('G4');
    expect(scoreOf(pack, facts(levels(40))).grade).toBeDefined();
  });

  it('loses at most ten points, and never more than it has', () => {
    const many = Array.from({ length: 5 }, () => ({ cause: 'headConvicted' as const, day: DAY }));
    expect(scoreOf(pack, facts(all(4), { deductions: many }))).toMatchObject({ score: 9_000, deducted: 10 });
    expect(scoreOf(pack, facts(all(0), { deductions: many })).score).toBe(0);
  });

  it('is rounded half up once, at the end, and the grade is that of the number shown', () => {
    const own = (weights: number[], min: number): Catalogue => ({
      ...pack,
      areas: [{ code: 'X', weight: 1 }],
      requirements: weights.map((weight, i) => ({
        ...{ code: `X-${i}`, area: 'X', weight, evidence: [], freshnessDays: 1, mandatory: false },
      })),
      scoring: { ...pack.scoring, grades: pack.scoring.grades.map((g) => (g.grade === 'A' ? { ...g, min } : g)) },
    });
    const levels = (...of: number[]) => new Map(of.map((level, i) => [`X-${i}`, level]));
    // 1/32: 3.125 is shown as 3.13. 2/3: 66.666… as 66.67.
    expect(scoreOf(own([1, 7], 85), facts(levels(1, 0))).score).toBe(313);
    expect(scoreOf(own([2, 1], 85), facts(levels(4, 0))).score).toBe(6667);
    // 20000/20001 is 99.995…: shown as 100.00, and the grade from 100 on.
    expect(scoreOf(own([20_000, 1], 100), facts(levels(4, 0)))).toMatchObject({ score: 10_000, grade: 'A' });
    expect(scoreOf(own([2_000, 1], 100), facts(levels(4, 0)))).toMatchObject({ score: 9_995, grade: 'B' });
  });
});

const codes = pack.requirements.map(({ code }) => code);
const anyLevels = fc
  .array(fc.option(fc.integer({ min: 0, max: 4 }), { freq: 8 }), { minLength: codes.length, maxLength: codes.length })
  .map((list) => new Map(codes.flatMap((code, i) => (list[i] === null ? [] : [[code, list[i]!] as const]))));
const anyDeductions = fc.array(
  fc.record({ cause: fc.constantFrom(...DEDUCTIONS), day: fc.constantFrom('2023-01-01', '2025-01-01', DAY) }),
  { maxLength: 5 },
);
const place = (grade: string | undefined): number => (grade ? COMPLIANCE_GRADES.indexOf(grade as 'A') : 9);

describe('whatever the levels', () => {
  it('a higher level never lowers score or grade', () => {
    fc.assert(
      fc.property(
        anyLevels,
        anyDeductions,
        fc.nat(codes.length - 1),
        fc.integer({ min: 1, max: 4 }),
        (l, d, i, more) => {
          const code = codes[i]!;
          const before = scoreOf(pack, facts(l, { deductions: d }));
          const raised = new Map(l).set(code, Math.min(4, (l.get(code) ?? 0) + more));
          const after = scoreOf(pack, facts(raised, { deductions: d }));
          expect(after.score).toBeGreaterThanOrEqual(before.score);
          expect(place(after.grade)).toBeLessThanOrEqual(place(before.grade));
        },
      ),
    );
  });

  it('what does not apply never counts', () => {
    const optional = pack.requirements.filter(({ notApplicableWhen }) => notApplicableWhen).map(({ code }) => code);
    fc.assert(
      fc.property(anyLevels, fc.constantFrom(...optional), (levels, code) => {
        const without = { ...pack, requirements: pack.requirements.filter((one) => one.code !== code) };
        const { score, grade, areas, applicable } = scoreOf(
          pack,
          facts(new Map<string, Level>(levels).set(code, 'NA')),
        );
        expect(scoreOf(without, facts(levels))).toMatchObject({
          score,
          areas,
          applicable,
          ...(grade ? { grade } : {}),
        });
      }),
    );
  });

  it('gates only lower', () => {
    const open = { ...pack, scoring: { ...pack.scoring, gates: [] } };
    fc.assert(
      fc.property(anyLevels, fc.boolean(), fc.boolean(), (levels, independenceBreached, late) => {
        const more = { independenceBreached, ...(late ? { planDueDay: '2025-01-01' } : {}) };
        const [gated, free] = [scoreOf(pack, facts(levels, more)), scoreOf(open, facts(levels, more))];
        expect(gated.score).toBe(free.score);
        expect(place(gated.grade)).toBeGreaterThanOrEqual(place(free.grade));
      }),
    );
  });

  it('the order in which facts arrive does not matter', () => {
    const shuffled = <T>(list: T[]) => fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length });
    const told = fc
      .tuple(anyLevels, anyDeductions)
      .chain(([l, d]) => fc.tuple(fc.constant(l), fc.constant(d), shuffled([...l]), shuffled(d)));
    fc.assert(
      fc.property(told, ([levels, deductions, otherLevels, otherDeductions]) => {
        const { deductions: _, ...one } = scoreOf(pack, facts(levels, { deductions }));
        const { deductions: __, ...two } = scoreOf(pack, facts(new Map(otherLevels), { deductions: otherDeductions }));
        expect(two).toEqual(one);
      }),
    );
  });
});
