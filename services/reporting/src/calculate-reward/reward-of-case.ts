import { RewardCalculatedV1 } from '@aiqyn/contracts';
import type { RewardPolicies } from '../policies/reward-policies.js';
import type { Facts } from '../rewards/reward-steps.js';
import { moveReward } from '../rewards/reward-states.rules.js';
import { calculated, type Reward, sharing } from '../rewards/reward-steps.rules.js';
import type { CalculateReward } from './calculate-reward.dto.js';
import { calculateReward } from './reward.rules.js';

/** Calculates the reward of a case from what it knows and what an officer chose; the event says the whole amount. */
export function rewardOfCase(
  { file, pack, step }: Facts,
  reward: Reward,
  to: 'calculated' | 'recalculated',
  { units, rateBp, offenceDay, contributions }: CalculateReward,
  { tables }: RewardPolicies,
): { outcome: { reward: Reward; entries: [] }; events: object[]; reason: string } {
  // First of all: an illegal move is told as one, not as a choice that is missing.
  moveReward(reward.state, to);
  const result = calculateReward(pack, tables, {
    ...(file.offenceClass ? { category: file.offenceClass } : {}),
    damageTiyn: file.damage ?? 0,
    days: { decision: file.decidedDay!, ...(offenceDay ? { offence: offenceDay } : {}) },
    reporters: sharing(reward).length,
    ...(units === undefined ? {} : { units }),
    ...(rateBp === undefined ? {} : { rateBp }),
    ...(contributions ? { contributions } : {}),
  });
  const { amount, policy } = result;
  const event = Object.assign(new RewardCalculatedV1(), { caseId: file._id, day: step.day, amount, policy });
  return { outcome: { reward: calculated(reward, to, result, step), entries: [] }, events: [event], reason: policy };
}
