import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { standing, unmeasured } from '../goal-case/goal-status.rules.js';
import type { Indicator } from '../goal-case/indicator.rules.js';
import { corrected, measured } from './measurements.rules.js';

const bare: Indicator = {
  ...unmeasured(),
  ...{ code: 'a', unit: 'share', direction: 'up', baseline: 0, target: 1, source: 'register', frequency: 'yearly' },
  ...{ startDay: '2025-01-01', dueDay: '2025-12-31', terms: [{ position: 'chair', from: '2025-01-01' }] },
};
const TODAY = '2025-06-30';
const told = (day: string, value = 0.5) => ({ day, value, by: 'anna' });
const once = measured(bare, told('2025-03-01'), TODAY).indicator;
const correction = (corrects: number, value = 0.6) => ({ corrects, value, reason: 'typing-error', by: 'anna' });

describe('a measurement', () => {
  it.each([
    ['before the start', bare, told('2024-12-31'), 'day_out_of_range'],
    ['of tomorrow', bare, told('2025-07-01'), 'day_out_of_range'],
    ['out of order', once, told('2025-02-01'), 'day_out_of_range'],
    ['of a day that has one', once, told('2025-03-01'), 'day_out_of_range'],
    ['of more than all', bare, told('2025-03-01', 1.1), 'value_out_of_range'],
  ] as [string, Indicator, ReturnType<typeof told>, string][])('%s is refused', (_, indicator, of, code) =>
    expect(() => measured(indicator, of, TODAY)).toThrow(expect.objectContaining({ code })),
  );

  it('ends what a person set', () => {
    const override = { status: 'green' as const, reason: 'source-late', by: 'boris', day: TODAY };
    expect(measured({ ...once, override }, told('2025-06-01'), TODAY).indicator.override).toBeUndefined();
  });
});

describe('a correction', () => {
  it.each([
    ['of none', correction(2), 'unknown_measurement'],
    ['of nothing', correction(1, 0.5), 'nothing_changed'],
    ['to more than all', correction(1, 2), 'value_out_of_range'],
  ] as [string, ReturnType<typeof correction>, string][])('%s is refused', (_, of, code) =>
    expect(() => corrected(once, of, TODAY)).toThrow(expect.objectContaining({ code })),
  );

  it('of what is corrected is refused and says by what', () => {
    const twice = corrected(once, correction(1), TODAY).indicator;
    expect(() => corrected(twice, correction(1, 0.7), TODAY)).toThrow('measurement 2 corrects it');
  });

  it('leaves all that stood in the log, and one measurement a day', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 0, max: 10 }))), (all) => {
        let now = once;
        for (const [corrects, tenths] of all) {
          const before = now.measurements;
          try {
            now = corrected(now, correction(corrects, tenths / 10), TODAY).indicator;
          } catch {
            continue;
          }
          expect(now.measurements.slice(0, -1)).toEqual(before);
        }
        expect(now.measurements.map(({ number }) => number)).toEqual(now.measurements.map((_, i) => i + 1));
        expect(standing(now.measurements)).toEqual([now.measurements.at(-1)]);
      }),
    );
  });
});
