import { describe, expect, it } from '@jest/globals';
import { lowerFence, quantile, quartiles, tellsOutliers, upperFence } from './quartiles.rules.js';

describe('quartiles (Hyndman and Fan, type 8)', () => {
  it.each([
    [[1, 2, 3, 4], 0.25, 1.416_666_666_666_666_7],
    [[1, 2, 3, 4], 0.75, 3.583_333_333_333_333_5],
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2], 0.25, 1],
    [[1, 2], 0.75, 2],
    [[5], 0.75, 5],
    [[1, 2, 3], 0, 1],
    [[1, 2, 3], 1, 3],
  ])('of %j at %d: %d', (values, t, q) => expect(quantile(values, t)).toBeCloseTo(q, 12));

  it('fence at one and a half ranges', () => {
    const q = { n: 8, q1: 2, q3: 4 };
    expect([lowerFence(q), upperFence(q)]).toEqual([-1, 7]);
  });

  it.each([
    [7, 1, 2, false],
    [8, 1, 1, false],
    [8, 1, 2, true],
    [0, Number.NaN, Number.NaN, false],
  ])('of %i values between %d and %d tell outliers: %p', (n, q1, q3, tell) =>
    expect(tellsOutliers({ n, q1, q3 })).toBe(tell),
  );

  it('of nothing are no number', () => expect(quartiles([]).q1).toBeNaN());
});
