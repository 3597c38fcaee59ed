import { describe, expect, it } from '@jest/globals';
import { anotherPerson, dayBetween } from './steps.rules.js';

describe('a step', () => {
  it('that needs another person refuses the same', () => {
    expect(() => anotherPerson('anna', ['boris', 'anna'], 'decides')).toThrow(
      expect.objectContaining({ code: 'same_person' }),
    );
    expect(() => anotherPerson('anna', ['boris', undefined], 'decides')).not.toThrow();
  });

  it.each([
    ['2025-03-01', false],
    ['2025-03-02', true],
    ['2025-03-05', true],
    ['2025-03-06', false],
  ])('on %s, between 2 and 5 March: %s', (day, holds) => {
    const check = () => dayBetween(day, '2025-03-02', '2025-03-05', 'day');
    if (holds) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code: 'day_out_of_range', details: { field: 'day' } }));
  });
});
