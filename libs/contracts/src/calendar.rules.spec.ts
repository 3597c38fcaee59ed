import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, almatyDay, dayStartUtc } from './calendar.rules.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2060, 0, 1) });

describe('a calendar day in Almaty', () => {
  it.each([
    ['2026-11-29T18:59:59.999Z', '2026-11-29'],
    ['2026-11-29T19:00:00.000Z', '2026-11-30'],
    ['2026-11-30T18:59:59.999Z', '2026-11-30'],
    ['2026-12-31T19:00:00.000Z', '2027-01-01'],
    ['2028-02-28T19:00:00.000Z', '2028-02-29'],
  ])('at %s is %s', (instant, day) => expect(almatyDay(new Date(instant))).toBe(day));

  it('does not depend on what was asked before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(instants, fc.integer({ min: -2 * DAY, max: 2 * DAY }))), (list) => {
        for (const [at, apart] of list)
          for (const instant of [at, at + apart]) {
            const day = almatyDay(new Date(instant));
            expect(day).toBe(new Date(instant + 5 * HOUR).toISOString().slice(0, 10));
            const start = dayStartUtc(day).getTime();
            expect(instant - start).toBeGreaterThanOrEqual(0);
            expect(instant - start).toBeLessThan(DAY);
            expect(addDays(addDays(day, 400), -400)).toBe(day);
          }
      }),
    );
  });

  it('is refused where there is none, after a good one too', () => {
    expect(almatyDay(new Date('2026-11-30T00:00:00Z'))).toBe('2026-11-30');
    expect(() => almatyDay(new Date(Number.NaN))).toThrow(RangeError);
    expect(addDays('2028-02-29', 1)).toBe('2028-03-01');
    for (const text of ['2027-02-29', '2026-11-31', 'today', ''])
      expect(() => addDays(text, 1)).toThrow(expect.objectContaining({ code: 'not_a_day' }));
  });
});
