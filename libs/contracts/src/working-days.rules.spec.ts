import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from './calendar.rules.js';
import { addWorkingDays, isWorkingDay, workingDays } from './working-days.rules.js';

const calendar = workingDays(
  JSON.parse(readFileSync(new URL('../data/working-days-kz.json', import.meta.url), 'utf8')),
);

describe('working days', () => {
  it.each([
    // Nauryz of 2026: Saturday and Sunday move to the week after, which begins on Thursday.
    ['2026-03-20', 1, '2026-03-26'],
    ['2026-03-20', 0, '2026-03-20'],
    ['2026-03-21', 0, '2026-03-26'],
    ['2025-12-31', 1, '2026-01-05'],
    ['2025-05-06', 2, '2025-05-12'],
    ['2026-01-05', 10, '2026-01-20'],
  ])('%s and %i more: %s', (day, n, expected) => expect(addWorkingDays(calendar, day, n)).toBe(expected));

  it('are not guessed for a year that nobody entered', () =>
    expect(() => addWorkingDays(calendar, '2027-12-31', 1)).toThrow(
      expect.objectContaining({ code: 'no_calendar_for_year' }),
    ));

  it('a worked weekend counts', () => {
    const moved = { ...calendar, years: { 2026: { off: [], worked: ['2026-01-03'] } } };
    expect(addWorkingDays(moved, '2026-01-02', 1)).toBe('2026-01-03');
  });

  it('add up, end on a working day, and never earlier for more', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(40), fc.nat(40), (start, a, b) => {
        const from = addDays('2025-01-03', start);
        const first = addWorkingDays(calendar, from, a);
        expect(isWorkingDay(calendar, first)).toBe(true);
        if (a > 0) expect(addWorkingDays(calendar, first, b)).toBe(addWorkingDays(calendar, from, a + b));
        expect(addWorkingDays(calendar, from, a + b) >= first).toBe(true);
      }),
    );
  });

  it('refuse a day that is none', () =>
    expect(() =>
      workingDays({ id: 'x', checked: false, years: { 2026: { off: ['2026-02-30'], worked: [] } } }),
    ).toThrow(expect.objectContaining({ code: 'bad_policy' })));
});
