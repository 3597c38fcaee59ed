import { transition, type Transitions } from '@aiqyn/contracts';

/** The states of a reward and where each may go (domain notes, reporting (d)). Until `notified` they are of the case, then of each part. */
export const REWARD_TRANSITIONS = {
  none: ['pending-eligibility'],
  'pending-eligibility': ['eligible', 'ineligible'],
  eligible: ['calculated'],
  ineligible: ['appealed'],
  calculated: ['approved', 'appealed'],
  appealed: ['recalculated', 'upheld'],
  recalculated: ['approved'],
  upheld: ['approved'],
  approved: ['notified'],
  notified: ['claimed', 'declined', 'lapsed'],
  claimed: ['paid', 'declined', 'lapsed'],
  paid: ['reversed'],
  declined: [],
  lapsed: [],
  reversed: [],
} as const satisfies Transitions<string>;

export type RewardState = keyof typeof REWARD_TRANSITIONS;

/** The state after the move; throws RuleError `illegal_transition` with the moves that are allowed. */
export const moveReward = (from: RewardState, to: RewardState): RewardState =>
  transition<RewardState>(REWARD_TRANSITIONS, from, to);
