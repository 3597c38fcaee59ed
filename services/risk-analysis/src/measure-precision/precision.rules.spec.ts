import { describe, expect, it } from '@jest/globals';
import { precisionOf, wilson } from './precision.rules.js';

describe('how often an indicator was right', () => {
  it('is told by decided cases only', () => {
    const liable = { indicator: 'R018', outcome: 'decided-liable' };
    const not = { indicator: 'R018', outcome: 'decided-not-liable' };
    expect(precisionOf([liable, not, liable, liable, { indicator: 'R018' }, { indicator: 'R003' }])).toEqual([
      { indicator: 'R003', referred: 1, decided: 0, liable: 0 },
      { indicator: 'R018', referred: 5, decided: 4, liable: 3, precision: 0.75, low: 0.3006, high: 0.9544 },
    ]);
  });

  it.each([
    [0, 1, 0, 0.7935],
    [1, 1, 0.2065, 1],
    [50, 100, 0.4038, 0.5962],
  ])('has an interval: %i of %i', (liable, decided, low, high) =>
    expect(wilson(liable, decided)).toEqual({ low, high }),
  );
});
