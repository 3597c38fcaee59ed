import { describe, expect, it } from '@jest/globals';
import { moveReward, REWARD_TRANSITIONS, type RewardState } from './reward-states.rules.js';

const states = Object.keys(REWARD_TRANSITIONS) as RewardState[];
const allowedFrom = (state: RewardState): readonly RewardState[] => REWARD_TRANSITIONS[state];

describe('the states of a reward', () => {
  it.each(states.flatMap((from) => states.map((to) => [from, to] as const)))('%s to %s', (from, to) => {
    if (allowedFrom(from).includes(to)) expect(moveReward(from, to)).toBe(to);
    else {
      expect(() => moveReward(from, to)).toThrow(
        expect.objectContaining({ code: 'illegal_transition', details: { allowed: allowedFrom(from) } }),
      );
    }
  });

  it('can all be reached from none', () => {
    const reached = new Set<RewardState>(['none']);
    for (const state of reached) for (const next of allowedFrom(state)) reached.add(next);
    expect([...reached].sort()).toEqual([...states].sort());
  });

  it.each([
    ['paid', ['claimed']],
    ['reversed', ['paid']],
    ['notified', ['approved']],
  ] as const)('come to %s only from %j', (to, before) => {
    expect(states.filter((s) => allowedFrom(s).includes(to))).toEqual(before);
  });
});
