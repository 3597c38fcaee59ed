import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { indexPolicy } from './index-policy.rules.js';
import { differsIn, knownOn, type RecordedValue } from './index-value.rules.js';

const value = (vintage: string, recordedDay: string, score: number, country = 'KAZ', year = 2019): RecordedValue => ({
  ...{ series: 'wgi', country, year, vintage, recordedDay, score, source: 'test', licence: 'CC-BY-4.0' },
});
const first = value('2020-09-update', '2026-01-10', 43.75);
const second = value('2022-09-update', '2026-03-01', 46.63);

describe('what was known of a year', () => {
  it.each([
    ['nothing before it was recorded', '2026-01-09', undefined],
    ['the first vintage from its day', '2026-01-10', 43.75],
    ['still, on the eve of the second', '2026-02-28', 43.75],
    ['the second from its day', '2026-03-01', 46.63],
    ['and now', undefined, 46.63],
  ])('%s', (_, day, score) => {
    expect(knownOn([second, first], day)[0]?.score).toBe(score);
  });

  it('is not pushed aside by an older vintage that is loaded later', () => {
    const older = value('2018-09-update', '2026-06-01', 40);
    expect(knownOn([older, second, first])[0]?.score).toBe(46.63);
    expect(knownOn([older])[0]?.score).toBe(40);
  });

  it('never forgets: what a day knew is the same after anything recorded later', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((d) => `2026-01-${String(d).padStart(2, '0')}`);
    const any = fc
      .tuple(
        fc.constantFrom('2018', '2020', '2022'),
        day,
        fc.integer(),
        fc.constantFrom('KAZ', 'KGZ'),
        fc.constantFrom(2018, 2019),
      )
      .map((told) => value(...told));
    fc.assert(
      fc.property(fc.array(any), fc.array(any), day, (before, after, asOf) => {
        const later = after.filter(({ recordedDay }) => recordedDay > asOf);
        expect(knownOn([...before, ...later], asOf)).toEqual(knownOn(before, asOf));
      }),
    );
  });
});

describe('a value under its vintage', () => {
  it.each([
    ['is the same with the same fields', { score: 38 }, { score: 38 }, undefined],
    ['differs in a changed field', { score: 38 }, { score: 39 }, 'score'],
    ['differs when an error comes to be known', { score: 38 }, { score: 38, standardError: 3 }, 'standardError'],
    ['differs when one is taken away', { score: 38, rank: 96 }, { score: 38 }, 'rank'],
  ])('%s', (_, one, other, field) => expect(differsIn(one, other)).toBe(field));
});

describe('the pack of the indices', () => {
  const raw = JSON.parse(
    readFileSync(new URL('../../../data/policies/indices.json', import.meta.url), 'utf8'),
  ) as Record<string, object[]>;

  it.each<[string, object]>([
    ['id', { id: '' }],
    ['z90', { z90: 0 }],
    ['z95', { z95: 1 }],
    ['rankDraws', { rankDraws: 10 }],
    ['indices', { indices: [] }],
    ['indices', { indices: [raw['indices']![0], raw['indices']![0]] }],
    ['indices.0.republish', { indices: [{ ...raw['indices']![0], republish: 'all' }] }],
    ['indices.0.comparableFrom', { indices: [{ ...raw['indices']![0], comparableFrom: '2012' }] }],
    ['targets.0.index', { targets: [{ ...raw['targets']![0], index: 'gdp' }] }],
    ['targets.0.baseYear', { targets: [{ ...raw['targets']![0], baseYear: 2030 }] }],
    ['targets.0.checked', { targets: [{ ...raw['targets']![0], checked: undefined }] }],
  ])('is refused naming %s', (field, change) => {
    expect(() => indexPolicy({ ...raw, ...change })).toThrow(
      expect.objectContaining({ code: 'bad_policy', details: { field } }),
    );
  });
});
