import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  type GiftState,
  giftPacks,
  handOverBy,
  judgeDeclaration,
  move,
  overdueAt,
  packOn,
  TRANSITIONS,
} from './gift.rules.js';

const packs = giftPacks(
  JSON.parse(readFileSync(new URL('../../data/policies/gifts-kz.json', import.meta.url), 'utf8')),
);

describe('the term to hand a gift over', () => {
  it.each([
    ['2025-03-01', '2025-03-08', '2025-03-08T19:00:00.000Z'],
    ['2025-12-27', '2026-01-03', '2026-01-03T19:00:00.000Z'],
    ['2024-02-23', '2024-03-01', '2024-03-01T19:00:00.000Z'],
    ['2025-02-23', '2025-03-02', '2025-03-02T19:00:00.000Z'],
  ])('known on %s: until %s, overdue at %s', (known, by, overdue) => {
    const last = handOverBy(packOn(packs, known), known);
    expect(last).toBe(by);
    expect(overdueAt(last).toISOString()).toBe(overdue);
  });
});

describe('the rule set', () => {
  it.each([
    ['2016-01-01', 10],
    ['2020-10-05', 10],
    ['2020-10-06', 0],
    ['2026-01-01', 0],
  ])('of a gift received on %s has a floor of %i MCI', (day, floor) => expect(packOn(packs, day).floorMci).toBe(floor));

  it('says from when it knows', () => expect(() => packOn(packs, '2015-12-31')).toThrow('2016-01-01'));
});

describe('a declaration', () => {
  it.each([
    ['2025-03-02', '2025-03-01', 'known_before_received'],
    ['2025-03-02', '2025-03-04', 'day_in_future'],
  ])('received %s, known %s is refused: %s', (receivedDay, knownDay, code) => {
    expect(() => judgeDeclaration({ receivedDay, knownDay, today: '2025-03-03' })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('may be made on the day itself', () => {
    expect(() =>
      judgeDeclaration({ receivedDay: '2025-03-03', knownDay: '2025-03-03', today: '2025-03-03' }),
    ).not.toThrow();
  });
});

describe('the states of a gift', () => {
  const states = Object.keys(TRANSITIONS) as GiftState[];
  it.each(states.flatMap((from) => states.map((to) => [from, to] as const)))('%s to %s', (from, to) => {
    const allowed: readonly GiftState[] = TRANSITIONS[from];
    if (allowed.includes(to)) expect(move(from, to)).toBe(to);
    else
      expect(() => move(from, to)).toThrow(
        expect.objectContaining({ code: 'illegal_transition', details: { allowed } }),
      );
  });
});
