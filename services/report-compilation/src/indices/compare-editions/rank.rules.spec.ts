import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shippedValues } from '../import-index/shipped-files.js';
import { indexPolicy } from '../index-values/index-policy.rules.js';
import {
  disagreeing,
  inSameSet,
  isWhole,
  notDistinguishable,
  placeOf,
  placesPerPoint,
  type Scored,
} from './rank.rules.js';
import { rankIntervals, seeded } from './rank-interval.rules.js';

const policy = indexPolicy(
  JSON.parse(readFileSync(new URL('../../../data/policies/indices.json', import.meta.url), 'utf8')),
);
const values = shippedValues('cpi');
const cpi = Map.groupBy(values, ({ year }) => year);
const edition = (year: number): Scored[] => cpi.get(year)!;

describe('the place that follows from the scores', () => {
  it.each([
    [2012, 176],
    [2016, 176],
    ...[2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024].map((year): [number, number] => [year, 180]),
  ])('is the published one of all countries in %i', (year, countries) => {
    const agree = edition(year).filter(({ country, rank }) => placeOf(edition(year), country)?.rank === rank);
    expect([edition(year).length, agree.length]).toEqual([countries, countries]);
  });

  it.each([
    [2012, { rank: 133, of: 176, tiedWith: 5 }],
    [2020, { rank: 94, of: 180, tiedWith: 7 }],
    [2024, { rank: 88, of: 180, tiedWith: 3 }],
  ])('is told of how many and tied with whom in %i', (year, place) => {
    expect(placeOf(edition(year), 'KAZ')).toEqual(place);
  });

  it('is not counted where only a part of the edition is at hand', () => {
    expect([isWhole(edition(2024)), isWhole(edition(2025)), isWhole([])]).toEqual([true, false, false]);
    expect(disagreeing(values)).toEqual([]);
  });

  it('names a published place that the scores do not bear out', () => {
    const [first, ...rest] = cpi.get(2020)!;
    const other = { ...first!, rank: 1 };
    expect(disagreeing([other, ...rest])).toEqual([
      { country: first!.country, year: 2020, published: 1, counted: first!.rank },
    ]);
    // A derived place was not published by anybody.
    expect(disagreeing([{ ...other, rankBasis: 'derived' }, ...rest])).toEqual([]);
  });

  it('falls by one for each country that overtakes, and never depends on the order of the table', () => {
    const table = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(table, fc.nat(), (scores, pick) => {
        const rows = scores.map((score, i) => ({ country: `C${i}`, score }));
        const own = rows[pick % rows.length]!;
        const place = placeOf(rows, own.country)!;
        expect(placeOf([...rows].reverse(), own.country)).toEqual(place);
        const better = [...rows, { country: 'NEW', score: own.score + 1 }];
        expect(placeOf(better, own.country)).toEqual({ ...place, rank: place.rank + 1, of: place.of + 1 });
        const below = rows.filter(({ score }) => score < own.score).length;
        expect(place.rank + place.tiedWith + below).toBe(rows.length);
      }),
    );
  });
});

describe('a change of place', () => {
  it('is 132nd to 90th among the 175 countries of both editions, 2012 and 2020', () => {
    expect(inSameSet(edition(2012), edition(2020), 'KAZ')).toEqual({ countries: 175, from: 132, to: 90 });
  });

  it('does not come from countries that join or leave', () => {
    const before = [
      { country: 'KAZ', score: 30 },
      { country: 'AAA', score: 40 },
      { country: 'GONE', score: 50 },
    ];
    const after = [
      { country: 'KAZ', score: 30 },
      { country: 'AAA', score: 40 },
      { country: 'NEW', score: 20 },
    ];
    expect([placeOf(before, 'KAZ')!.rank, placeOf(after, 'KAZ')!.rank]).toEqual([3, 2]);
    expect(inSameSet(before, after, 'KAZ')).toEqual({ countries: 2, from: 2, to: 2 });
    expect(inSameSet(before, after, 'NEW')).toBeUndefined();
  });
});

describe('what a place is worth', () => {
  it.each([
    [2012, 64],
    [2020, 53],
    [2024, 45],
  ])('in %i the score does not tell the country from %i others', (year, others) => {
    expect(notDistinguishable(edition(year), 'KAZ', policy)).toBe(others);
  });

  it('is not known when an error is missing', () => {
    expect(
      notDistinguishable(
        [
          { country: 'KAZ', score: 38, standardError: 3 },
          { country: 'AAA', score: 38 },
        ],
        'KAZ',
        policy,
      ),
    ).toBeUndefined();
    expect(notDistinguishable(edition(2024), 'XXX', policy)).toBeUndefined();
  });

  it('near 38 in 2020 a point is worth 2 to 8 places', () => {
    const places = placesPerPoint(edition(2020), 38).map(({ score, rank }) => [score, rank]);
    expect(Object.fromEntries(places)).toEqual({ 36: 104, 37: 102, 38: 94, 39: 92, 40: 86 });
  });
});

describe('the interval of a place at 90 %', () => {
  const interval = (year: number, seed: number): readonly [number, number] =>
    rankIntervals(edition(year), 4_000, seeded(seed)).get('KAZ')!;

  it.each([
    [2012, 105, 159],
    [2020, 77, 120],
    [2024, 71, 107],
  ])('of %i is %i to %i, give or take three, whatever the seed', (year, low, high) => {
    for (const seed of [policy.rankSeed, 1]) {
      const [from, to] = interval(year, seed);
      expect(Math.abs(from - low)).toBeLessThanOrEqual(3);
      expect(Math.abs(to - high)).toBeLessThanOrEqual(3);
    }
  });

  it('is the same for the same seed', () => {
    expect(interval(2020, 7)).toEqual(interval(2020, 7));
    const first = (seed: number) => Array.from({ length: 3 }, seeded(seed));
    expect(first(7)).toEqual(first(7));
    expect(first(7)).not.toEqual(first(8));
  });

  it('is none for the whole edition when one error is missing or zero', () => {
    const [first, ...rest] = edition(2020);
    const { standardError: _, ...without } = first!;
    expect(rankIntervals([without, ...rest], 100, seeded(1)).size).toBe(0);
    expect(rankIntervals([{ ...without, standardError: 0 }, ...rest], 100, seeded(1)).size).toBe(0);
  });

  it('lies within the table and is a point when the scores are far apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer(), (n, seed) => {
        const table = Array.from({ length: n }, (_, i) => ({ country: `C${i}`, score: -100 * i, standardError: 1 }));
        const found = rankIntervals(table, 200, seeded(seed));
        table.forEach(({ country }, i) => expect(found.get(country)).toEqual([i + 1, i + 1]));
      }),
      { numRuns: 20 },
    );
  });
});
