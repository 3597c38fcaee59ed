import { describe, expect, it } from '@jest/globals';
import { registerOf } from '../../numbers/define-metrics/registers.js';
import type { ReportNumber, TableBlock } from '../../report-model/report-model.rules.js';
import { compileModel } from '../compile-report/compile-model.rules.js';
import { assertAuthorities, type Authority, breaksIn } from './reorganisations.rules.js';
import { planOf, words } from './section-plans.js';

const body = (from: string, until?: string): Authority => ({
  ...{ from, ...(until ? { until } : {}) },
  name: { kk: 'Орган', ru: 'Орган', en: 'Body' },
  act: { kk: 'Жарлық', ru: 'Указ', en: 'Decree' },
  ...{ source: 'read', checked: false },
});
/** As in Kazakhstan: 22 July 2019 and 14 July 2025. */
const bodies = [body('2016-01-01', '2019-07-21'), body('2019-07-22', '2025-07-13'), body('2025-07-14')];

describe('a series over years', () => {
  it.each<[string, string[], (readonly [number, string])[]]>([
    ['between two reorganisations is whole', ['2020', '2021', '2024'], []],
    ['is broken before the year in which one falls', ['2023', '2024', '2025'], [[2, '2025-07-14']]],
    [
      'is broken at each',
      ['2018', '2019', '2020', '2024', '2025', '2026'],
      [
        [1, '2019-07-22'],
        [4, '2025-07-14'],
      ],
    ],
    ['that begins in the year of one is not broken by it', ['2025', '2026'], []],
    ['that leaves the year out is broken before the next', ['2024', '2026'], [[1, '2025-07-14']]],
    ['that ends before one is not broken by it', ['2017', '2018'], []],
    ['of one year compares nothing', ['2025'], []],
    ['of none neither', [], []],
    [
      'over both in one step is broken twice there',
      ['2018', '2026'],
      [
        [1, '2019-07-22'],
        [1, '2025-07-14'],
      ],
    ],
  ])('%s', (_, years, expected) => {
    expect(breaksIn(years, bodies).map(({ before, authority }) => [before, authority.from])).toEqual(expected);
  });

  it('is broken at the beginning of a year by a reorganisation on its first day', () => {
    const onNewYear = [body('2016-01-01', '2023-12-31'), body('2024-01-01')];
    expect(breaksIn(['2023', '2024'], onNewYear)).toMatchObject([{ before: 1 }]);
  });
});

describe('the bodies of a plan', () => {
  it.each<[string, (list: Record<string, unknown>[]) => void]>([
    ['0.from', ([first]) => (first!['from'] = '2016-02-30')],
    ['0.until', ([first]) => delete first!['until']],
    ['1.until', ([, second]) => (second!['until'] = '2025-07-14')],
    ['1.act', ([, second]) => (second!['act'] = { kk: 'x', ru: '', en: 'x' })],
    ['2.source', ([, , third]) => delete third!['source']],
    ['2.checked', ([, , third]) => delete third!['checked']],
  ])('are refused where %s is wrong', (field, spoil) => {
    const list = structuredClone(bodies) as unknown as Record<string, unknown>[];
    spoil(list);
    expect(() => assertAuthorities(list as unknown as Authority[])).toThrow(
      expect.objectContaining({ code: 'bad_policy', details: { field: `authorities.${field}` } }),
    );
    expect(() => assertAuthorities(bodies)).not.toThrow();
  });
});

describe('an edition', () => {
  const number = (id: string, metric: string, value: number): ReportNumber => ({
    ...{ id, metric, value, unit: 'count', decimals: 0, status: 'A', metricVersion: 1, inputs: value, inputRoot: 'ab' },
  });
  const plan = planOf(2025);
  const years = plan.sections.filter(({ id }) => id === 'years');
  const edition = { year: 2025, sealedDay: '2026-01-20' } as unknown as Parameters<typeof compileModel>[0]['edition'];
  const numbers = ['2024', '2025'].flatMap((year, i) =>
    ['years.recommendations', 'years.opinions'].map((metric) => number(`${metric}.${year}`, metric, 7 + i)),
  );

  it('marks the reorganisation of the body in table and chart of its own figures, and tells the act', () => {
    const parts = { register: registerOf(2025), words, edition, texts: new Map(), plan: { ...plan, sections: years } };
    const blocks = compileModel(parts, numbers).sections[0]!.blocks.filter(({ kind }) => kind !== 'text');
    expect(blocks.map(({ kind }) => kind)).toEqual(['table', 'chart', 'chart']);
    for (const block of blocks)
      expect(block).toMatchObject({ breaks: [{ before: 1, day: '2025-07-14', note: expect.anything() }] });
    const { note } = (blocks[0] as TableBlock).breaks![0]!;
    expect(note['en']).toBe(
      'Since 14 July 2025 the body is “Anti-Corruption Service of the National Security Committee” (Decree No. 944 of 14 July 2025): years before and after it are not of one body, and a difference between them need not be one of corruption.',
    );
    expect(note['ru']).toContain('С 14 июля 2025');
    expect(note['kk']).toContain('№ 944');
  });
});
