import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '@aiqyn/contracts';
import { unmeasured } from '../goal-case/goal-status.rules.js';
import type { Handover, Indicator, Term } from '../goal-case/indicator.rules.js';
import { accepted, accountableAt, proposed } from './accountable.rules.js';

const START = '2025-01-01';
const after = (days: number) => addDays(START, days);
const first: Term = { position: 'chair', officialId: 'a', from: START };
const indicator = (terms: readonly Term[], handover?: Handover): Indicator => ({
  ...unmeasured(),
  ...{ code: 'a', unit: 'share', direction: 'up', baseline: 0, target: 1, source: 'register', frequency: 'yearly' },
  ...{ startDay: START, dueDay: after(900), terms },
  ...(handover ? { handover } : {}),
});
const told = (day: number, more: Partial<Handover> = {}): Handover => ({
  ...{ day: after(day), position: 'vice-minister', officialId: 'b', givenBy: 'anna', ...more },
});

describe('a hand-over', () => {
  it.each([
    ['of yesterday', indicator([first]), told(9), 'day_out_of_range'],
    ['before the last one begins', indicator([first, { ...first, from: after(20) }]), told(20), 'day_out_of_range'],
    ['that ends before it begins', indicator([first]), told(12, { untilDay: after(11) }), 'day_out_of_range'],
    ['while one waits', indicator([first], told(15)), told(20), 'already_done'],
    ['to who answers already', indicator([first]), told(12, { officialId: 'a', position: 'chair' }), 'nothing_changed'],
  ] as [string, Indicator, Handover, string][])('%s is refused', (_, before, handover, code) =>
    expect(() => proposed(before, handover, after(10))).toThrow(expect.objectContaining({ code })),
  );

  it('of which the day passed without the second signature gives way to another', () =>
    expect(proposed(indicator([first], told(9)), told(12), after(10))).toMatchObject({ day: after(12) }));

  it.each([
    ['by who gave', indicator([first], told(12)), 'anna', 'same_person'],
    ['after its day', indicator([first], told(9)), 'boris', 'day_out_of_range'],
    ['of nothing', indicator([first]), 'boris', 'out_of_order'],
  ] as [string, Indicator, string, string][])('signed %s is refused', (_, before, by, code) =>
    expect(() => accepted(before, by, after(10))).toThrow(expect.objectContaining({ code })),
  );

  it('to an acting official comes back by itself', () => {
    const terms = accepted(indicator([first], told(12, { untilDay: after(20) })), 'boris', after(10));
    const who = [11, 12, 20, 21, 99].map((day) => accountableAt(terms, after(day))!);
    expect(who.map(({ officialId }) => officialId)).toEqual(['a', 'b', 'b', 'a', 'a']);
    expect(who[1]!.acting).toBe(true);
  });
});

describe('at every instant exactly one answers', () => {
  it('whatever is handed over, in whatever order, and who answered stays so', () => {
    const step = fc.record({
      ...{
        wait: fc.nat(20),
        ahead: fc.integer({ min: -5, max: 30 }),
        acting: fc.option(fc.integer({ min: -2, max: 30 })),
      },
      ...{ official: fc.constantFrom('a', 'b', 'c'), lag: fc.nat(10), taker: fc.constantFrom('anna', 'boris') },
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let now = indicator([first]);
        let day = 1;
        const answered = new Map<number, string>();
        const pass = (days: number): void => {
          for (let i = 0; i < days; i += 1, day += 1)
            answered.set(day, accountableAt(now.terms, after(day))!.officialId!);
        };
        for (const { wait, ahead, acting, official, lag, taker } of steps) {
          pass(wait);
          const until = acting === null ? {} : { untilDay: after(day + ahead + acting) };
          try {
            now = {
              ...now,
              handover: proposed(now, told(day + ahead, { officialId: official, ...until }), after(day)),
            };
            pass(lag);
            const { handover: _, ...rest } = now;
            now = { ...rest, terms: accepted(now, taker, after(day)) };
          } catch {
            // Refused: nothing changed.
          }
        }
        pass(60);
        for (let d = 0; d < day + 100; d += 1)
          expect(now.terms.filter(({ from, to }) => from <= after(d) && (!to || after(d) <= to))).toHaveLength(1);
        for (const [d, official] of answered) expect(accountableAt(now.terms, after(d))!.officialId).toBe(official);
      }),
    );
  });
});
