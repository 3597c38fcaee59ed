import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, GOAL_STATUSES, type GoalOutcome, type GoalStatus } from '@aiqyn/contracts';
import { goalStatus, outcomeOf, standing, worst } from './goal-status.rules.js';
import { goalPack, type IndicatorFacts, type Measured } from './indicator.rules.js';

const pack = goalPack(
  JSON.parse(readFileSync(new URL('../../../data/policies/goals.json', import.meta.url), 'utf8')) as unknown,
);
const goal: IndicatorFacts = {
  ...{ unit: 'share', direction: 'down', baseline: 0.5, target: 0.3, frequency: 'quarterly' },
  ...{ startDay: '2025-01-01', dueDay: '2025-04-11' },
};
const after = (days: number) => addDays('2025-01-01', days);
const at = (...values: (readonly [number, number])[]): Measured[] =>
  values.map(([days, value], i) => ({ number: i + 1, day: after(days), value, recordedDay: after(days), by: 'anna' }));

describe('the state of a goal of 100 days from 0.5 down to 0.3', () => {
  it.each([
    [0, 0.5, 'green'],
    [50, 0.4, 'green'],
    [50, 0.405, 'green'],
    [50, 0.406, 'amber'],
    [50, 0.425, 'amber'],
    [50, 0.4251, 'red'],
    [50, 0.6, 'red'],
    [10, 0.3, 'green'],
    [100, 0.31, 'green'],
    [100, 0.35, 'amber'],
    [100, 0.36, 'red'],
    [200, 0.36, 'red'],
  ] as [number, number, GoalStatus][])('after %i days %d is %s', (days, value, status) => {
    expect(goalStatus(pack, goal, at([days, value]), after(days))).toBe(status);
  });

  it('is grey before the first measurement and once the last one is older than 1.25 times the frequency', () => {
    expect(goalStatus(pack, goal, [], after(5))).toBe('grey');
    expect(goalStatus(pack, goal, at([5, 0.3]), after(5 + 114))).toBe('green');
    expect(goalStatus(pack, goal, at([5, 0.3]), after(5 + 115))).toBe('grey');
    const monthly = { ...goal, frequency: 'monthly' };
    expect(goalStatus(pack, monthly, at([5, 0.3]), after(5 + 39))).toBe('green');
    expect(goalStatus(pack, monthly, at([5, 0.3]), after(5 + 40))).toBe('grey');
  });

  it('never gets worse by more progress, whichever way the goal points', () => {
    const order: GoalStatus[] = ['red', 'amber', 'green'];
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        share,
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.nat(100),
        fc.boolean(),
        (p, more, days, up) => {
          const g: IndicatorFacts = up ? { ...goal, direction: 'up', baseline: 0.3, target: 0.5 } : goal;
          const value = (done: number) => g.baseline! + done * (g.target! - g.baseline!);
          const of = (done: number) => order.indexOf(goalStatus(pack, g, at([days, value(done)]), after(days)));
          expect(of(p + more)).toBeGreaterThanOrEqual(of(p));
        },
      ),
    );
  });
});

describe('what is to be kept between 2 and 4 in nine of ten quarters', () => {
  const kept: IndicatorFacts = {
    ...{ unit: 'days', direction: 'keep', corridor: { low: 2, high: 4, share: 0.9 }, frequency: 'quarterly' },
    ...{ startDay: '2025-01-01', dueDay: '2027-12-31' },
  };
  const quarters = (...values: number[]) => at(...values.map((value, i) => [i * 91, value] as const));
  it.each([
    [[2], 'green'],
    [[4, 3], 'green'],
    [[5], 'red'],
    [[3, 3, 3, 5], 'amber'],
    [[3, 3, 5], 'red'],
    [[3, 3, 3, 3, 3, 3, 5], 'green'],
  ] as [number[], GoalStatus][])('%j: %s', (values, status) => {
    const stands = quarters(...values);
    expect(goalStatus(pack, kept, stands, stands.at(-1)!.day)).toBe(status);
  });

  it('counts a period once, by its last measurement', () =>
    expect(goalStatus(pack, kept, at([0, 9], [1, 9], [2, 9], [3, 3]), after(3))).toBe('green'));
});

describe('what became of the target', () => {
  it.each([
    [[], 100, 'open'],
    [[], 101, 'missed'],
    [[[100, 0.3]], 100, 'open'],
    [[[100, 0.3]], 101, 'reached'],
    [
      [
        [50, 0.3],
        [100, 0.4],
      ],
      101,
      'missed',
    ],
    [
      [
        [100, 0.4],
        [140, 0.3],
      ],
      150,
      'reached-late',
    ],
    [
      [
        [100, 0.3],
        [140, 0.4],
      ],
      150,
      'reached',
    ],
  ] as [[number, number][], number, GoalOutcome][])('%j after %i days: %s', (values, days, outcome) =>
    expect(outcomeOf(pack, goal, at(...values), after(days))).toBe(outcome),
  );
});

describe('the measurements that stand', () => {
  it('are those that no later one corrects, by day', () => {
    const [first, second] = at([1, 0.4], [9, 0.5]) as [Measured, Measured];
    const correction = { ...first, number: 3, value: 0.45, corrects: 1 };
    expect(standing([first, second, correction]).map(({ number }) => number)).toEqual([3, 2]);
    expect(
      standing([first, second, correction, { ...correction, number: 4, corrects: 3 }]).map((m) => m.number),
    ).toEqual([4, 2]);
  });
});

describe('the worst', () => {
  it('is one of them, and red whenever one is', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...GOAL_STATUSES)), (statuses) => {
        const said = worst(statuses);
        expect(statuses.length === 0 ? 'grey' : statuses.includes(said)).toBe(statuses.length === 0 ? 'grey' : true);
        expect(said === 'red').toBe(statuses.includes('red'));
      }),
    );
  });
});
