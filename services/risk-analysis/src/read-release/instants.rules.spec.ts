import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDay } from '@aiqyn/contracts';
import { isAfter, momentOf, wholeDays } from './instants.rules.js';

describe('a published date', () => {
  it.each([
    ['2024-03-15T18:00:00+05:00', true, '2024-03-15T13:00:00.000Z', true],
    ['2024-03-15 18:00:00z', true, '2024-03-15T18:00:00.000Z', true],
    ['2024-03-15T18:00:00.123456Z', true, '2024-03-15T18:00:00.123Z', true],
    ['2024-02-29', true, '2024-02-29T00:00:00.000Z', false],
  ])('%s is read', (text, days, instant, precise) => {
    const moment = momentOf(text, days)!;
    expect([new Date(moment.at).toISOString(), moment.precise]).toEqual([instant, precise]);
  });

  it.each([
    '2023-02-29',
    '2024-02-30T00:00:00Z',
    '2024-13-01',
    '2024-03-15T18:00:00',
    '2024-03-15T25:00:00Z',
    'soon',
    '',
  ])('%j names nothing', (text) => expect(momentOf(text, true)).toBeUndefined());

  it('without a time is none where a time is asked for', () => expect(momentOf('2024-02-29', false)).toBeUndefined());
});

const days = (from: string, to: string): number => wholeDays(momentOf(from, true)!, momentOf(to, true)!);

describe('a period in whole days', () => {
  it.each([
    ['2024-01-01T00:00:00Z', '2024-01-15T23:59:59Z', 14],
    ['2024-01-01T00:00:00Z', '2024-01-16T00:00:00Z', 15],
    ['2024-01-01T00:00:00+05:00', '2024-01-02T00:00:00Z', 1],
    ['2024-01-02T00:00:00Z', '2024-01-01T12:00:00Z', 0],
    ['2024-01-01', '2024-01-03', 2],
    ['2024-01-01', '2024-01-03T23:00:00Z', 2],
  ])('from %s to %s is %i', (from, to, n) => expect(days(from, to)).toBe(n));

  it.each([
    ['2024-03-10T12:00:00Z', '2024-03-10', false],
    ['2024-03-11T00:00:00Z', '2024-03-10', true],
    ['2024-03-10', '2024-03-03', true],
    ['2024-03-15T20:00:00+09:00', '2024-03-15T18:00:00+05:00', false],
    ['2024-03-15T10:00:00-05:00', '2024-03-15T18:00:00+05:00', true],
  ])('%s after %s: %p', (one, other, after) =>
    expect(isAfter(momentOf(one, true)!, momentOf(other, true)!)).toBe(after),
  );
});

describe('the form that nearly every date has', () => {
  const two = (n: number): string => String(n).padStart(2, '0');
  const part = (max: number) => fc.integer({ min: 0, max }).map(two);
  const year = fc.integer({ min: 0, max: 9999 }).map((n) => String(n).padStart(4, '0'));

  it('is read as the standard reader does, and what is no date is none', () => {
    const texts = fc
      .tuple(year, part(14), part(33), part(25), part(61), part(61), part(25), part(61))
      .chain(([y, mo, d, h, mi, s, oh, om]) =>
        fc.constantFrom('Z', `+${oh}:${om}`, `-${oh}:${om}`, `.25+${oh}:${om}`).map((zone) => ({
          day: `${y}-${mo}-${d}`,
          text: `${y}-${mo}-${d}T${h}:${mi}:${s}${zone}`,
        })),
      );
    fc.assert(
      fc.property(texts, ({ day, text }) => {
        const at = isDay(day) ? Date.parse(text) : Number.NaN;
        expect(momentOf(text, false)).toEqual(Number.isNaN(at) ? undefined : { at, precise: true });
      }),
      { numRuns: 5_000 },
    );
  });
});
