import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, AREAS, type GoalStatus, RecommendationIssuedV1 } from '@aiqyn/contracts';
import { goalFromRecommendation, goalPack, goalStatus, positionPack } from './goal-status.rules.js';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/policies/${name}.json`, import.meta.url), 'utf8'));
const pack = goalPack(read('goals'));
const positions = positionPack(read('accountable-positions'));
const goal = { baseline: 0.5, target: 0.3, startDay: '2025-01-01', dueDay: '2025-04-11' };
const after = (days: number) => addDays('2025-01-01', days);

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
    expect(goalStatus(pack, goal, { value, day: after(days) }, after(days))).toBe(status);
  });

  it('is grey before the first measurement and once the last one is stale', () => {
    expect(goalStatus(pack, goal, undefined, after(5))).toBe('grey');
    expect(goalStatus(pack, goal, { value: 0.3, day: after(5) }, after(5 + 114))).toBe('green');
    expect(goalStatus(pack, goal, { value: 0.3, day: after(5) }, after(5 + 115))).toBe('grey');
  });

  it('never gets worse by more progress, whichever way the goal points', () => {
    const order: GoalStatus[] = ['red', 'amber', 'green'];
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.nat(100),
        fc.boolean(),
        (p, more, days, up) => {
          const g = up ? { ...goal, baseline: 0.3, target: 0.5 } : goal;
          const at = (progress: number) =>
            order.indexOf(
              goalStatus(
                pack,
                g,
                { value: g.baseline + progress * (g.target - g.baseline), day: after(days) },
                after(days),
              ),
            );
          expect(at(p + more)).toBeGreaterThanOrEqual(at(p));
        },
      ),
    );
  });
});

describe('the goal of a recommendation', () => {
  it.each(AREAS.map((area) => [area]))('has one accountable position in %s', (areaCode) => {
    const event = Object.assign(new RecommendationIssuedV1(), {
      areaCode,
      day: '2025-05-01',
      dueDay: '2025-10-28',
      baseline: 0.5,
      target: 0.35,
      indicator: 'R018',
    });
    const set = goalFromRecommendation(event, positions);
    expect(set.accountablePosition).toMatch(/^[a-z-]+$/);
    expect(set.startDay).toBe('2025-05-01');
  });

  it('is refused when nobody answers for the area', () => {
    expect(() =>
      goalFromRecommendation(Object.assign(new RecommendationIssuedV1(), { areaCode: 'moon' }), positions),
    ).toThrow(expect.objectContaining({ code: 'nobody_accountable' }));
  });
});
