import { describe, expect, it } from '@jest/globals';
import { decidedLevels, type ObjectionOutcome } from './objection.rules.js';

const claimed = new Map([
  ['A', 4],
  ['B', 4],
]);
const found = [
  { requirement: 'A', level: 1 },
  { requirement: 'B', level: 1 },
];

describe('an objection', () => {
  it.each([
    ['upheld', [['A', 3]], [3, 1]],
    ['upheld', [['A', 0]], [0, 1]],
    ['dismissed', [], [1, 1]],
    ['dismissed', [['A', 3]], 'wrong_fields'],
    ['upheld', [], 'wrong_fields'],
    ['upheld', [['B', 3]], 'not_disputed'],
    ['upheld', [['A', 5]], 'above_claim'],
  ] as [ObjectionOutcome, [string, number][], number[] | string][])('%s with %j: %j', (outcome, decided, expected) => {
    const decide = () => decidedLevels(outcome, claimed, found, ['A'], new Map(decided));
    if (typeof expected === 'string') expect(decide).toThrow(expect.objectContaining({ code: expected }));
    else expect(decide().map(({ level }) => level)).toEqual(expected);
  });
});
