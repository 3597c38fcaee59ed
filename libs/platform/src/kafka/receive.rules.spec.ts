import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RuleError } from '@aiqyn/contracts';
import { backoff, fate, laneOf } from './receive.rules.js';

describe('the lane of a key', () => {
  it('is one of the lanes, and always the same', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 32 }), (key, lanes) => {
        expect(laneOf(key, lanes)).toBe(laneOf(key, lanes));
        expect(laneOf(key, lanes)).toBeLessThan(lanes);
        expect(laneOf(key, lanes)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('spreads ids over all lanes', () => {
    const used = new Set(Array.from({ length: 200 }, (_, i) => laneOf(`a7c1-${i * 7919}`, 4)));
    expect(used.size).toBe(4);
  });
});

describe('the pause before another attempt', () => {
  it.each([
    [1, 25, 50],
    [2, 50, 100],
    [5, 400, 800],
    [7, 1_000, 2_000],
    [50, 1_000, 2_000],
  ])('no. %i is between %i and %i ms', (attempt, least, most) => {
    expect([backoff(attempt, 0), backoff(attempt, 1)]).toEqual([least, most]);
  });
});

const named = (name: string): Error => Object.assign(new Error(name), { name });

describe('what becomes of an event whose handler failed', () => {
  it.each([
    [named('MongoServerSelectionError'), 1, 'give-back'],
    [named('MongoNetworkError'), 5, 'give-back'],
    [new RuleError('no', 'no'), 1, 'park'],
    [new Error('a fault'), 1, 'retry'],
    [new Error('a fault'), 4, 'retry'],
    [new Error('a fault'), 5, 'park'],
    [undefined, 1, 'retry'],
  ])('%p at attempt %i: %s', (error, attempt, expected) => expect(fate(error, attempt, 5)).toBe(expected));
});
