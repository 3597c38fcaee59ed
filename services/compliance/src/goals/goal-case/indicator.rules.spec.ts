import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { freshDays, goalPack, type IndicatorFacts, judgeIndicator } from './indicator.rules.js';

const raw = JSON.parse(readFileSync(new URL('../../../data/policies/goals.json', import.meta.url), 'utf8')) as Record<
  string,
  unknown
>;
const pack = goalPack(raw);

describe('an indicator', () => {
  const up: IndicatorFacts = {
    ...{ unit: 'points', direction: 'up', baseline: 37, target: 45, frequency: 'yearly' },
    ...{ startDay: '2021-12-31', dueDay: '2025-12-31' },
  };
  const { baseline: _b, target: _t, ...bare } = up;
  const corridor = { low: 2, high: 4, share: 0.9 };
  const keep: IndicatorFacts = { ...bare, direction: 'keep', corridor };

  it.each([
    ['a target that is the baseline', { ...up, target: 37 }, 'target_is_baseline', 'target'],
    ['a way that is not its direction', { ...up, direction: 'down' }, 'wrong_direction', 'direction'],
    ['no baseline', { ...bare, target: 45 }, 'wrong_fields', 'baseline'],
    ['no target', { ...bare, baseline: 37 }, 'wrong_fields', 'target'],
    ['a corridor beside a target', { ...up, corridor }, 'wrong_fields', 'corridor'],
    ['nothing to keep within', { ...bare, direction: 'keep' }, 'wrong_fields', 'corridor'],
    ['a target beside a corridor', { ...keep, target: 3 }, 'wrong_fields', 'target'],
    ['a corridor without width', { ...keep, corridor: { ...corridor, low: 4 } }, 'wrong_fields', 'corridor.low'],
    ['a frequency of no pack', { ...up, frequency: 'weekly' }, 'unknown_frequency', 'frequency'],
    ['an end before its start', { ...up, dueDay: '2021-12-31' }, 'day_out_of_range', 'dueDay'],
    ['a share of more than all', { ...up, unit: 'share' }, 'value_out_of_range', 'baseline'],
  ] as [string, IndicatorFacts, string, string][])('with %s is refused', (_, facts, code, field) =>
    expect(() => judgeIndicator(pack, facts)).toThrow(
      expect.objectContaining({ code, details: expect.objectContaining({ field }) as object }),
    ),
  );

  it.each([[up], [{ ...up, direction: 'down', baseline: 45, target: 37 }], [keep]] as [IndicatorFacts][])(
    '%j is taken',
    (facts) => expect(() => judgeIndicator(pack, facts)).not.toThrow(),
  );
});

describe('the pack', () => {
  it.each([
    ...[
      ['id', null],
      ['source', null],
      ['checked', 'no'],
      ['effectiveFrom', '2025-13-01'],
      ['amber', 0],
    ],
    ...[
      ['green', 0.7],
      ['staleAfterShare', 0.5],
      ['frequencyDays', {}],
      ['recommendationFrequency', 'daily'],
    ],
  ] as [string, unknown][])('is not read with %s %j', (field, value) =>
    expect(() => goalPack({ ...raw, [field]: value })).toThrow(
      expect.objectContaining({ code: 'bad_policy', details: { field } }),
    ),
  );

  it('keeps a quarterly measurement fresh for 114 days', () => expect(freshDays(pack, 'quarterly')).toBe(114));
});
