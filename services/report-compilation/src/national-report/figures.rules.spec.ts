import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Fact, figuresOf } from './figures.rules.js';

let n = 0;
const fact = (
  type: string,
  day: string,
  data: Record<string, unknown> = {},
  key = `k${(n += 1)}`,
  sequence = 1,
): Fact => ({
  id: `${key}#${sequence}#${type}`,
  type: `${type}.v1`,
  day,
  key,
  sequence,
  data: { day, ...data },
});
const received = (day: string, areaCode = 'roads', category = 'bribery') =>
  fact('reporting.report.received', day, { areaCode, category });

const year: Fact[] = [
  received('2024-12-31'),
  received('2025-01-01'),
  received('2025-01-31', 'health'),
  received('2025-12-31', 'roads', 'gift'),
  received('2026-01-01'),
  fact('reporting.tree-head.signed', '2025-01-31', { treeSize: 2, rootHash: 'aa' }, 'reporting', 1),
  fact('reporting.tree-head.signed', '2025-12-31', { treeSize: 3, rootHash: 'bb' }, 'reporting', 2),
  fact('reporting.tree-head.signed', '2026-01-01', { treeSize: 4, rootHash: 'cc' }, 'reporting', 3),
  fact('reporting.case.opened', '2025-02-01'),
  fact('reporting.case.decided', '2025-06-01', { outcome: 'decided-liable' }),
  fact('reporting.case.decided', '2025-07-01', { outcome: 'decided-not-liable' }),
  fact('reporting.reward.calculated', '2025-06-02', { amount: 11_796_000 }),
  fact('reporting.reward.calculated', '2025-06-03', { amount: 100 }),
  fact('risk-analysis.release.recorded', '2025-03-01', { origin: 'published' }, 'o1', 1),
  fact('risk-analysis.release.recorded', '2025-04-01', { origin: 'published' }, 'o1', 2),
  fact('risk-analysis.release.recorded', '2025-03-01', { origin: 'generated' }, 'o2', 1),
  fact('risk-analysis.flag.raised', '2025-03-01', { areaCode: 'roads', origin: 'generated' }, 'f1', 1),
  fact('risk-analysis.flag.cleared', '2025-04-01', {}, 'f1', 2),
  fact('risk-analysis.flag.raised', '2025-03-01', { areaCode: 'health', origin: 'published' }, 'f2', 1),
  fact('risk-analysis.area.assessed', '2025-05-01', { areaCode: 'roads', score: 0.4, level: 'medium' }),
  fact('risk-analysis.area.assessed', '2025-09-01', { areaCode: 'roads', score: 0.7, level: 'high' }),
  fact('compliance.goal.set', '2025-05-02', { areaCode: 'roads', accountablePosition: 'p', target: 0.3 }, 'g1', 1),
  fact('compliance.goal.status-changed', '2025-08-01', { status: 'red' }, 'g1', 2),
  fact('compliance.goal.status-changed', '2025-10-01', { status: 'green' }, 'g1', 3),
  fact('compliance.goal.set', '2025-05-02', { areaCode: 'health', accountablePosition: 'q', target: 0.2 }, 'g2', 1),
  fact('compliance.gift.declared', '2025-03-01'),
  fact('compliance.gift.overdue', '2025-03-09'),
  fact('report-compilation.index.recorded', '2025-12-01', {
    series: 'cpi',
    year: 2024,
    score: 40,
    standardError: 3.11,
    rank: 88,
    countries: 180,
  }),
  fact('report-compilation.index.recorded', '2025-12-01', {
    series: 'cpi',
    year: 2025,
    score: 38,
    rank: 96,
    countries: 182,
  }),
];
const values = (facts: Fact[], y = 2025) => Object.fromEntries(figuresOf(facts, y).map((f) => [f.key, f.value]));

describe('the figures of a year', () => {
  it('are what a hand count gives', () => {
    expect(values(year)).toMatchObject({
      'reports.total': 3,
      'reports.month.2025-01': 2,
      'reports.month.2025-12': 1,
      'reports.category.bribery': 2,
      'reports.category.gift': 1,
      'reports.log.size': 3,
      'reports.log.root': 'bb',
      'cases.opened': 1,
      'cases.outcome.decided-liable': 1,
      'cases.outcome.decided-not-liable': 1,
      'rewards.count': 2,
      'rewards.amount': 11_796_100,
      'releases.origin.published': 1,
      'releases.origin.generated': 1,
      'flags.total': 1,
      'flags.area.health': 1,
      'area.roads.level': 'high',
      'area.roads.score': 0.7,
      'goals.total': 2,
      'goals.status.green': 1,
      'goals.unmeasured': 1,
      'goal.g1.status': 'green',
      'goal.g2.status': 'grey',
      'gifts.declared': 1,
      'gifts.overdue': 1,
      'gifts.handed-over': 0,
      'index.cpi.year': 2025,
      'index.cpi.score': 38,
      'index.cpi.rank': 96,
      'index.cpi.countries': 182,
    });
  });

  it('leave out a flag that was cleared, and a month without reports', () => {
    const keys = Object.keys(values(year));
    expect(keys).not.toContain('flags.area.roads');
    expect(keys).not.toContain('reports.month.2025-02');
  });

  it('never show a missing standard error as a number', () => {
    expect(values(year)).toHaveProperty(['index.cpi.2024.error'], 3.11);
    expect(values(year)).not.toHaveProperty(['index.cpi.2025.error']);
  });

  it('have as many events behind each count as it says, and every key once', () => {
    const figures = figuresOf(year, 2025);
    for (const { unit, value, sources } of figures) if (unit === 'count') expect(sources).toHaveLength(value as number);
    expect(new Set(figures.map((f) => f.key)).size).toBe(figures.length);
  });

  it('add up: months, categories and areas each give the total', () => {
    for (const prefix of ['reports.month.', 'reports.category.', 'reports.area.']) {
      const parts = Object.entries(values(year)).filter(([k]) => k.startsWith(prefix));
      expect(parts.reduce((s, [, v]) => s + Number(v), 0)).toBe(3);
    }
  });

  it('do not depend on the order or repetition of facts', () => {
    const expected = JSON.stringify(figuresOf(year, 2025));
    fc.assert(
      fc.property(fc.shuffledSubarray(year, { minLength: year.length }), fc.subarray(year), (shuffled, again) => {
        expect(JSON.stringify(figuresOf([...shuffled, ...again], 2025))).toBe(expected);
      }),
    );
  });

  it('exist for a year without any fact', () => {
    expect(values([], 2020)).toMatchObject({ 'reports.total': 0, 'gifts.overdue': 0 });
  });
});
