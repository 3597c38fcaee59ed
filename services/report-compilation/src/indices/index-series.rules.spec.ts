import { describe, expect, it } from '@jest/globals';
import { compareScores } from './index-series.rules.js';
import { shippedSeries } from './shipped-series.js';

const cpi = new Map(shippedSeries('cpi', 'KAZ').map((p) => [p.year, p]));
const wjp = new Map(shippedSeries('wjp', 'KAZ').map((p) => [p.year, p]));

describe('the shipped series for Kazakhstan', () => {
  it.each([
    [2012, 28, 4.1, 133, 176],
    [2020, 38, 3.12, 94, 180],
    [2024, 40, 3.11, 88, 180],
  ])('CPI %i: score %d, error %d, %i of %i', (year, score, standardError, rank, countries) => {
    expect(cpi.get(year)).toMatchObject({ score, standardError, rank, countries });
  });

  it('knows no standard error for 2025, which is not zero', () => {
    expect(cpi.get(2025)).toMatchObject({ score: 38, rank: 96, countries: 182 });
    expect(cpi.get(2025)).not.toHaveProperty('standardError');
  });

  it('has the WJP standing of 2020 as published', () => {
    expect(wjp.get(2020)).toMatchObject({ rank: 62, countries: 128 });
  });
});

describe('comparing two editions', () => {
  it.each([
    [2012, 2020, 10, 1.94, 'risen'],
    [2020, 2021, -1, -0.22, 'no-significant-change'],
    [2022, 2023, 3, 0.65, 'no-significant-change'],
    [2012, 2024, 12, 2.33, 'risen'],
  ])('CPI %i to %i: %d, z %d, %s', (from, to, difference, z, verdict) => {
    expect(compareScores(cpi.get(from)!, cpi.get(to)!)).toEqual({ difference, z, verdict });
  });

  it('does not claim a change when an error is not known', () => {
    expect(compareScores(cpi.get(2024)!, cpi.get(2025)!)).toEqual({ difference: -2, verdict: 'not-known' });
  });

  it('is nothing when a score is missing', () => {
    expect(compareScores({}, { score: 1 })).toBeUndefined();
  });
});
