import { describe, expect, it } from '@jest/globals';
import { roundsOf, stepOf } from './flood.rules.js';

describe('work is asked for', () => {
  it.each([
    [0, 0, undefined, 0],
    [255, 1_000_000, undefined, 0],
    [256, 0, undefined, 1],
    [511, 0, undefined, 1],
    [512, 0, undefined, 2],
    [1_000_000, 0, undefined, 6],
    [0, 99, 100, 0],
    [0, 100, 100, 1],
    [0, 400, 100, 3],
    [512, 400, 100, 3],
    [1_024, 100, 100, 3],
  ])('with %i waiting and %i this minute of %p: step %i', (waiting, thisMinute, perMinute, step) =>
    expect(stepOf({ waiting, thisMinute }, { waiting: 256, perMinute })).toBe(step),
  );

  it('at a price that doubles', () => expect([1, 2, 6].map(roundsOf)).toEqual([50, 100, 1_600]));
});
