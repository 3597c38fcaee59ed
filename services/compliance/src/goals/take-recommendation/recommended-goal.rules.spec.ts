import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { AREAS, RecommendationIssuedV1 } from '@aiqyn/contracts';
import { goalPack } from '../goal-case/indicator.rules.js';
import { positionPack, recommendedIndicator } from './recommended-goal.rules.js';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../data/policies/${name}.json`, import.meta.url), 'utf8'));
const pack = goalPack(read('goals'));
const positions = positionPack(read('accountable-positions'));
const recommended = (more: object): RecommendationIssuedV1 =>
  Object.assign(new RecommendationIssuedV1(), {
    ...{ areaCode: 'roads', day: '2025-05-01', dueDay: '2025-10-28', baseline: 0.5, target: 0.35, indicator: 'R018' },
    ...more,
  });

describe('the indicator of a recommendation', () => {
  it.each(AREAS.map((area) => [area]))('has one accountable position in %s', (areaCode) => {
    const { terms, startDay, direction } = recommendedIndicator(recommended({ areaCode }), pack, positions);
    expect(terms).toEqual([{ position: expect.stringMatching(/^[a-z-]+$/) as unknown as string, from: '2025-05-01' }]);
    expect([startDay, direction]).toEqual(['2025-05-01', 'down']);
  });

  it.each([
    [{ areaCode: 'moon' }, 'nobody_accountable'],
    [{ target: 0.5 }, 'target_is_baseline'],
  ])('with %j is refused: %s', (more, code) =>
    expect(() => recommendedIndicator(recommended(more), pack, positions)).toThrow(expect.objectContaining({ code })),
  );

  it('is not set while nobody answers for an area', () =>
    expect(() => positionPack({ id: 'p', byArea: { roads: 'chair' } })).toThrow(
      expect.objectContaining({ code: 'bad_policy' }),
    ));
});
