import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shippedValues } from '../import-index/shipped-files.js';
import { indexPolicy } from '../index-values/index-policy.rules.js';
import { attainment, band, compareScores } from './score.rules.js';

const policy = indexPolicy(
  JSON.parse(readFileSync(new URL('../../../data/policies/indices.json', import.meta.url), 'utf8')),
);
const own = (file: 'cpi' | 'wjp') =>
  new Map(
    shippedValues(file)
      .filter(({ series, country }) => series === file && country === 'KAZ')
      .map((value) => [value.year, value]),
  );
const [cpi, wjp] = [own('cpi'), own('wjp')];

describe('the shipped series for Kazakhstan', () => {
  it.each([
    [2012, 28, 4.1, 133, 176],
    [2020, 38, 3.12, 94, 180],
    [2024, 40, 3.11, 88, 180],
  ])('CPI %i: score %d, error %d, %i of %i', (year, score, standardError, rank, countries) => {
    expect(cpi.get(year)).toMatchObject({ score, standardError, rank, countries, sources: year === 2012 ? 8 : 9 });
  });

  it('knows no standard error for 2025, which is not zero', () => {
    expect(cpi.get(2025)).toMatchObject({ score: 38, rank: 96, countries: 182 });
    expect(cpi.get(2025)).not.toHaveProperty('standardError');
  });

  it('has the WJP standing of 2020 as published', () => {
    expect(wjp.get(2020)).toMatchObject({ rank: 62, countries: 128 });
  });
});

describe('the band of a score at 90 %', () => {
  it.each([
    ['CPI 2012', cpi.get(2012)!, [21.3, 34.7]],
    ['CPI 2020', cpi.get(2020)!, [32.9, 43.1]],
    ['no band without an error', cpi.get(2025)!, undefined],
    ['no band where an error was read as 0', { score: 38, standardError: 0 }, undefined],
    ['no band without a score', { standardError: 3 }, undefined],
  ])('%s', (_, value, bounds) => expect(band(value, policy)).toEqual(bounds));

  it('holds the score in its middle and grows with the error', () => {
    const error = fc.double({ min: 0.01, max: 20, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), error, error, (score, one, other) => {
        const [low, high] = band({ score, standardError: one }, policy, 6)!;
        expect((low + high) / 2).toBeCloseTo(score, 5);
        const wider = band({ score, standardError: one + other }, policy, 6)!;
        expect(wider[1] - wider[0]).toBeGreaterThan(high - low);
      }),
    );
  });
});

describe('comparing two editions', () => {
  it.each([
    [2012, 2020, { difference: 10, z: 1.94, verdict: 'risen', significantAt: 90 }],
    [2020, 2012, { difference: -10, z: -1.94, verdict: 'fallen', significantAt: 90 }],
    [2020, 2021, { difference: -1, z: -0.22, verdict: 'no-significant-change' }],
    [2022, 2023, { difference: 3, z: 0.65, verdict: 'no-significant-change' }],
    [2012, 2024, { difference: 12, z: 2.33, verdict: 'risen', significantAt: 95 }],
    // Not even two points less than in 2024: without an error it is not known what they are worth.
    [2024, 2025, { difference: -2, verdict: 'not-known' }],
  ])('CPI %i to %i', (from, to, change) => {
    expect(compareScores(cpi.get(from)!, cpi.get(to)!, policy)).toEqual(change);
  });

  it.each([
    ['nothing when a score is missing', {}, { score: 1 }, undefined],
    [
      'not known when an error was read as 0',
      { score: 1, standardError: 0 },
      { score: 9, standardError: 1 },
      'not-known',
    ],
    // 1.645 exactly is a change.
    ['the limit itself', { score: 0, standardError: 3 }, { score: 8.225, standardError: 4 }, 'risen'],
    ['just under it', { score: 0, standardError: 3 }, { score: 8.22, standardError: 4 }, 'no-significant-change'],
  ])('%s', (_, before, after, verdict) => expect(compareScores(before, after, policy)?.verdict).toBe(verdict));

  it('says the opposite of the same two turned round, and is never surer with a greater error', () => {
    const value = fc.record({
      score: fc.integer({ min: 0, max: 100 }),
      standardError: fc.double({ min: 0.1, max: 20, noNaN: true }),
    });
    const opposite = { risen: 'fallen', fallen: 'risen' } as Record<string, string>;
    fc.assert(
      fc.property(value, value, fc.double({ min: 0, max: 20, noNaN: true }), (a, b, more) => {
        const [there, back] = [compareScores(a, b, policy)!, compareScores(b, a, policy)!];
        expect(back.verdict).toBe(opposite[there.verdict] ?? there.verdict);
        const vaguer = compareScores({ ...a, standardError: a.standardError + more }, b, policy)!;
        expect(vaguer.significantAt ?? 0).toBeLessThanOrEqual(there.significantAt ?? 0);
      }),
    );
  });
});

describe('a target beside the result', () => {
  const [target] = policy.targets;
  const scoreOf = (year: number): number | undefined => cpi.get(year)?.score;

  it('tells the one of 2025 as missed: 38 of 45, none of the way from 2020 gone', () => {
    expect(attainment(target!, scoreOf)).toMatchObject({
      ...{ target: 45, year: 2025, result: 38, met: false, short: 7, wayGone: 0 },
      base: { year: 2020, score: 38 },
    });
  });

  it.each<[string, (year: number) => number | undefined, object]>([
    ['met', (year) => (year === 2025 ? 46 : 38), { met: true, short: 0, wayGone: 1.14 }],
    ['half way', (year) => (year === 2025 ? 41.5 : 38), { met: false, short: 3.5, wayGone: 0.5 }],
    ['backwards', (year) => (year === 2025 ? 31 : 38), { met: false, short: 14, wayGone: -1 }],
  ])('%s', (_, scores, told) => expect(attainment(target!, scores)).toMatchObject(told));

  it('says nothing of a year whose score is not known', () => {
    const told = attainment(target!, () => undefined);
    expect(told).toMatchObject({ target: 45 });
    for (const field of ['result', 'met', 'short', 'wayGone']) expect(told).not.toHaveProperty(field);
  });
});
