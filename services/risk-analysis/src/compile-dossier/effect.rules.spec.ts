import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { effectOf, type Windows } from './effect.rules.js';

const policy = { least: 8, deviations: 1.96 };
const of = (b: number, nb: number, a: number, na: number): Windows => ({
  before: { flagged: b, evaluable: nb },
  after: { flagged: a, evaluable: na },
});

describe('the effect of a recommendation', () => {
  it.each<[string, Windows, Windows, number]>([
    ['fell by a fifth while the others stayed', of(50, 100, 30, 100), of(40, 100, 40, 100), -0.2],
    ['fell as much as everywhere', of(50, 100, 30, 100), of(60, 100, 40, 100), 0],
    ['stayed while the others fell', of(50, 100, 50, 100), of(60, 100, 40, 100), 0.2],
  ])('%s', (_, area, others, change) =>
    expect(effectOf(area, others, policy)).toMatchObject({ state: 'measured', change }),
  );

  it('has an interval that is worked out by hand', () => {
    const { low, high } = effectOf(of(50, 100, 30, 100), of(40, 100, 40, 100), policy) as { low: number; high: number };
    const wide = 1.96 * Math.sqrt(0.25 / 100 + 0.21 / 100 + (2 * 0.24) / 100);
    expect([low, high]).toEqual([-0.2 - wide, -0.2 + wide].map((n) => Math.round(n * 10_000) / 10_000));
  });

  it('is not told from seven processes', () => {
    expect(effectOf(of(1, 7, 1, 100), of(1, 100, 1, 100), policy).state).toBe('insufficient-data');
    expect(effectOf(of(1, 100, 1, 100), of(1, 100, 0, 0), policy).state).toBe('insufficient-data');
  });

  it('is inside its interval, which is narrower with more processes', () => {
    const rate = fc.tuple(fc.nat(50), fc.integer({ min: 50, max: 200 }));
    fc.assert(
      fc.property(rate, rate, rate, rate, ([a, na], [b, nb], [c, nc], [d, nd]) => {
        const one = effectOf(of(a, na, b, nb), of(c, nc, d, nd), policy);
        const many = effectOf(of(a * 9, na * 9, b * 9, nb * 9), of(c * 9, nc * 9, d * 9, nd * 9), policy);
        if (one.state !== 'measured' || many.state !== 'measured') throw new Error('measured');
        expect(one.low).toBeLessThanOrEqual(one.change);
        expect(one.high).toBeGreaterThanOrEqual(one.change);
        expect(many.high - many.low).toBeLessThanOrEqual(one.high - one.low + 1e-9);
      }),
    );
  });
});
