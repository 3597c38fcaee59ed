import { describe, expect, it } from '@jest/globals';
import { unmeasured } from '../goal-case/goal-status.rules.js';
import type { Indicator } from '../goal-case/indicator.rules.js';
import { assessed } from './outside.rules.js';

const indicator: Indicator = {
  ...unmeasured(),
  ...{ code: 'a', unit: 'share', direction: 'up', baseline: 0, target: 1, source: 'register', frequency: 'yearly' },
  ...{ startDay: '2025-01-01', dueDay: '2025-12-31', terms: [], status: 'green', computed: 'green' },
};
const [BODY, FIRM] = ['050540000016', '000000000010'];
const told = (assessorBin: string, department?: string) => ({
  ...{ day: '2025-03-01', status: 'red' as const, reason: 'data-not-verifiable', link: 'https://example.org/1' },
  ...{ assessorBin, by: 'clara', department },
});

describe('an outside assessment', () => {
  it.each([
    ['by the body itself', told(BODY), 'not_independent'],
    ['in the name of another', told(FIRM, BODY), 'other_organisation'],
  ] as const)('%s is refused', (_, of, code) =>
    expect(() => assessed(indicator, BODY, of)).toThrow(expect.objectContaining({ code })),
  );

  it('stands beside the official status and changes nothing of it', () => {
    const { outside, ...rest } = assessed(assessed(indicator, BODY, told(FIRM)), BODY, told(FIRM, FIRM));
    expect(outside.map(({ number, status }) => [number, status])).toEqual([
      [1, 'red'],
      [2, 'red'],
    ]);
    expect({ ...rest, outside: [] }).toEqual(indicator);
  });
});
