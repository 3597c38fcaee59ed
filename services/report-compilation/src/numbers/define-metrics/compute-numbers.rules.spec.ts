import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Computed, type Fact, numbersOf } from './compute-numbers.rules.js';
import { metricRegister } from './metric-register.rules.js';
import { registerOf, registers } from './registers.js';

const register = registerOf(2025);
let n = 0;
const fact = (
  type: string,
  day: string,
  data: Record<string, unknown> = {},
  key = `k${(n += 1)}`,
  sequence = 1,
): Fact => ({ id: `${key}#${sequence}#${type}`, type: `${type}.v1`, day, key, sequence, data: { day, ...data } });
const received = (day: string, areaCode = 'roads', category = 'bribery') =>
  fact('reporting.report.received', day, { areaCode, category, region: 'KZ-75', mode: 'anonymous' });
const index = (series: string, year: number, data: object, vintage = String(year)) =>
  fact('report-compilation.index.recorded', '2025-12-01', { series, year, vintage, ...data });

const year: Fact[] = [
  received('2024-12-31'),
  received('2025-01-01'),
  received('2025-01-31', 'health'),
  received('2025-12-31', 'roads', 'gift'),
  received('2026-01-01'),
  fact('reporting.tree-head.signed', '2025-01-31', { treeSize: 2, rootHash: 'aa' }, 'reporting', 1),
  fact('reporting.tree-head.signed', '2025-12-31', { treeSize: 3, rootHash: 'bb' }, 'reporting', 2),
  fact('reporting.tree-head.signed', '2026-01-01', { treeSize: 4, rootHash: 'cc' }, 'reporting', 3),
  fact('reporting.case.opened', '2025-02-01', { category: 'gift', region: 'KZ-75', areaCode: 'it' }),
  fact('reporting.case.decided', '2025-06-01', { outcome: 'decided-liable', liable: 'head', damage: 500 }),
  fact('reporting.case.decided', '2025-07-01', { outcome: 'decided-not-liable', damage: 9 }),
  fact('reporting.case.decided', '2025-07-02', { outcome: 'decided-liable', offenceClass: 'grave' }),
  fact('reporting.reward.calculated', '2025-06-02', { amount: 11_796_000 }),
  fact('reporting.reward.calculated', '2025-06-03', { amount: 100 }),
  fact('risk-analysis.release.recorded', '2025-03-01', { origin: 'published', areaCode: 'it' }, 'o1', 1),
  fact('risk-analysis.release.recorded', '2025-04-01', { origin: 'published', areaCode: 'it' }, 'o1', 2),
  fact('risk-analysis.release.recorded', '2025-03-01', { origin: 'generated', areaCode: 'it' }, 'o2', 1),
  fact(
    'risk-analysis.flag.raised',
    '2025-03-01',
    { areaCode: 'roads', origin: 'generated', indicator: 'R018' },
    'f1',
    1,
  ),
  fact('risk-analysis.flag.cleared', '2025-04-01', {}, 'f1', 2),
  fact(
    'risk-analysis.flag.raised',
    '2024-03-01',
    { areaCode: 'health', origin: 'published', indicator: 'R028' },
    'f2',
    1,
  ),
  fact('risk-analysis.area.assessed', '2025-05-01', { areaCode: 'roads', score: 0.4, level: 'medium' }),
  fact('risk-analysis.area.assessed', '2025-09-01', { areaCode: 'roads', score: 0.7, level: 'high' }),
  fact('compliance.goal.set', '2025-05-02', { areaCode: 'roads', accountablePosition: 'p', target: 0.3 }, 'g1', 1),
  fact('compliance.goal.status-changed', '2025-08-01', { status: 'red', value: 0.5 }, 'g1', 2),
  fact('compliance.goal.status-changed', '2025-10-01', { status: 'green', value: 0.3 }, 'g1', 3),
  fact('compliance.goal.set', '2025-05-02', { areaCode: 'health', accountablePosition: 'q', target: 0.2 }, 'g2', 1),
  fact('compliance.gift.declared', '2025-03-01'),
  fact('compliance.gift.overdue', '2025-03-09'),
  fact('compliance.organisation.assessed', '2024-03-09', { grade: 'B' }, 'org', 1),
  fact('compliance.organisation.grade-changed', '2025-03-09', { oldGrade: 'B', newGrade: 'D' }, 'org', 2),
  index('cpi', 2020, { score: 38, standardError: 3.12, rank: 94, countries: 180 }),
  index('cpi', 2021, { score: 37, standardError: 3.33, rank: 102, countries: 180 }),
  index('cpi', 2012, { score: 28, standardError: 4.1, rank: 133, countries: 176 }),
  index('cpi', 2025, { score: 38, rank: 96, countries: 182 }, '2025-press'),
  index('cpi', 2025, { score: 99, rank: 1, countries: 182 }, '2025'),
  index('cpi', 2026, { score: 39, rank: 95, countries: 182 }),
];
const values = (facts: Fact[], y = 2025) =>
  Object.fromEntries(numbersOf(register, facts, y).map((f) => [f.id, f.value]));

describe('the numbers of a year', () => {
  it('are what a hand count gives', () => {
    expect(values(year)).toMatchObject({
      'reports.total': 3,
      'reports.quarter.2025-Q1': 2,
      'reports.quarter.2025-Q4': 1,
      'reports.category.bribery': 2,
      'reports.category.gift': 1,
      'reports.category-share.bribery': 2 / 3,
      'log.size': 3,
      'log.root': 'bb',
      'cases.opened': 1,
      'cases.decided': 3,
      'cases.outcome.decided-liable': 2,
      'cases.outcome.decided-not-liable': 1,
      'cases.offence.grave': 1,
      'cases.offence.not-told': 1,
      'cases.heads': 1,
      'damage.established': 500,
      'rewards.calculated': 2,
      'rewards.calculated-sum': 11_796_100,
      'rewards.paid': 0,
      'releases.total': 2,
      'releases.origin.published': 1,
      'releases.origin.generated': 1,
      'flags.total': 1,
      'flags.area.health': 1,
      'areas.level.roads': 'high',
      'goals.total': 2,
      'goals.status.green': 1,
      'goals.status.grey': 1,
      'goals.state.g1': 'green',
      'goals.state.g2': 'grey',
      'goals.measured.g1': 0.3,
      'gifts.declared': 1,
      'gifts.overdue': 1,
      'gifts.handed-over': 0,
      'organisations.grade.D': 1,
      'index.cpi.year': 2025,
      'index.cpi.now': 38,
      'index.cpi.place': 96,
      'index.cpi.of': 182,
      'index.cpi.target': 45,
      'index.cpi.low.2020': 32.8676,
      'index.cpi.change.2020': 'rose',
      'index.cpi.change.2021': 'no-significant-change',
      'index.cpi.change.2025': 'not-known',
    });
  });

  it('leave out a flag that was cleared, a quarter without reports and an index of a later year', () => {
    const keys = Object.keys(values(year));
    expect(keys).not.toContain('flags.area.roads');
    expect(keys).not.toContain('reports.quarter.2025-Q2');
    expect(keys).not.toContain('index.cpi.score.2026');
  });

  it('never show a missing standard error as a number, nor draw a band from it (trap 1)', () => {
    expect(values(year)).toHaveProperty(['index.cpi.error.2020'], 3.12);
    expect(values(year)['index.cpi.error.2025'] ?? null).toBeNull();
    expect(values(year)).not.toHaveProperty(['index.cpi.low.2025']);
  });

  it('carry a recommendation over from year to year with its state: it cannot vanish', () => {
    const later = values(year, 2027);
    expect(later).toMatchObject({ 'goals.total': 2, 'goals.state.g1': 'green', 'goals.state.g2': 'grey' });
    expect(later['recommendations.total']).toBe(0);
  });

  it('tell a year without an edition as not known, and compare across it', () => {
    expect(values(year)).toMatchObject({ 'index.cpi.score.2016': null, 'index.cpi.change.2020': 'rose' });
  });

  it('say "rose" only above the noise: two years of CPI eight places apart do not differ (trap 5)', () => {
    expect(values(year)['index.cpi.change.2021']).toBe('no-significant-change');
  });

  it('take of two transparency logs the last head, in whichever order they came in', () => {
    const heads = [
      fact('reporting.tree-head.signed', '2025-11-30', { treeSize: 7, rootHash: 'aa' }, 'log-1'),
      fact('reporting.tree-head.signed', '2025-12-31', { treeSize: 9, rootHash: 'bb' }, 'log-2'),
    ];
    for (const facts of [heads, heads.toReversed()])
      expect(values(facts)).toMatchObject({ 'log.size': 9, 'log.root': 'bb' });
  });

  it('have as many events behind each count as it says, and every id once', () => {
    const numbers = numbersOf(register, year, 2025);
    for (const { metric, value, sources } of numbers)
      if (metric.formula.kind === 'count') expect(sources).toHaveLength(value as number);
    expect(new Set(numbers.map(({ id }) => id)).size).toBe(numbers.length);
  });

  it('do not depend on the order or repetition of facts', () => {
    const text = (list: Computed[]) => JSON.stringify(list.map(({ metric: _, ...rest }) => rest));
    const expected = text(numbersOf(register, year, 2025));
    fc.assert(
      fc.property(fc.shuffledSubarray(year, { minLength: year.length }), fc.subarray(year), (shuffled, again) => {
        expect(text(numbersOf(register, [...shuffled, ...again], 2025))).toBe(expected);
      }),
    );
  });

  it('exist for a year without any fact; a share of nothing is not known', () => {
    expect(values([], 2020)).toMatchObject({ 'reports.total': 0, 'gifts.overdue': 0, 'index.cpi.target': 45 });
    expect(values([], 2020)).not.toHaveProperty(['reports.category-share.bribery']);
  });
});

describe('what does not add up', () => {
  const withMetric = (change: (metric: Record<string, unknown>) => void, id: string) => {
    const copy = structuredClone(register) as unknown as { metrics: Record<string, unknown>[] };
    change(copy.metrics.find((m) => m['id'] === id)!);
    return metricRegister(copy);
  };

  it('stops the build: groups that give less than their total', () => {
    const broken = withMetric((m) => (m['where'] = [{ fields: ['areaCode'], in: ['health'] }]), 'reports.category');
    expect(() => numbersOf(broken, year, 2025)).toThrow(
      expect.objectContaining({ code: 'total_does_not_add_up', details: { field: 'reports.category' } }),
    );
  });

  it('stops the build: a share of more than the whole', () => {
    const broken = withMetric(
      (m) => (m['formula'] = { kind: 'share', of: 'reports.category', in: 'cases.opened' }),
      'cases.outcome-share',
    );
    expect(() => numbersOf(broken, year, 2025)).toThrow(expect.objectContaining({ code: 'total_does_not_add_up' }));
  });

  it('is not 21 % where it is 33 % (trap 2): shares are computed, never typed', () => {
    const facts = Array.from({ length: 2_452 }, (_, i) =>
      received('2025-03-01', 'roads', i < 808 ? 'embezzlement' : 'bribery'),
    );
    expect(values(facts)['reports.category-share.embezzlement']).toBeCloseTo(0.3295, 4);
  });
});

describe('the register', () => {
  it.each(registers.map((r) => [r.id, r] as const))('%s is read', (_, r) => {
    expect(metricRegister(structuredClone(r)).metrics.length).toBeGreaterThan(50);
  });

  it.each([
    ['an event that does not exist', 'reports.total', { events: ['reporting.report.lost.v1'] }],
    ['a month of reports', 'reports.quarter', { by: ['month'] }],
    ['reports by body', 'reports.area', { by: ['organisationBin'] }],
    ['a formula that stands later', 'reports.total', { formula: { kind: 'last', of: 'reports.category' }, events: [] }],
    ['an id that reads like a group of another', 'reports.quarter', { id: 'reports.total.quarter' }],
    ['a missing language', 'reports.total', { titles: { kk: 'a', ru: 'b' } }],
  ])('refuses %s', (_, id, change) => {
    const copy = structuredClone(register);
    const metrics = copy.metrics.map((m) => (m.id === id ? { ...m, ...change } : m));
    expect(() => metricRegister({ ...copy, metrics })).toThrow(expect.objectContaining({ code: 'bad_policy' }));
  });
});
