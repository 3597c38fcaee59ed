import { describe, expect, it } from '@jest/globals';
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
