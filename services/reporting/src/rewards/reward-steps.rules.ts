import { addDays, RuleError } from '@aiqyn/contracts';
import type { Exclusion, RewardPack } from '../calculate-reward/reward-pack.rules.js';
import type { CalculatedReward } from '../calculate-reward/reward.rules.js';
import { entryOf, type LedgerEntry, type Movement } from '../reward-ledger/ledger.rules.js';
import { moveReward, REWARD_TRANSITIONS, type RewardState } from './reward-states.rules.js';

/** The part of one reporter; hundredths of the currency. */
export interface Part {
  readonly reportId: string;
  readonly amount: number;
  readonly state: RewardState;
  /** Its last day to claim, or to prove who one is after a claim; missing when the policy sets no term. */
  readonly claimBy?: string;
  /** That somebody proved to be the reporter, and to whom; never who they are. */
  readonly identity?: { readonly by: string; readonly day: string };
  readonly paidBy?: string;
}

/** The reward of a case as it is stored in the case. */
export interface Reward {
  readonly state: RewardState;
  /** Reports in order of arrival. */
  readonly reporters: readonly string[];
  readonly excluded: readonly { readonly reportId: string; readonly reason: Exclusion }[];
  readonly calculation?: CalculatedReward & { readonly calculatedBy: string; readonly day: string };
  readonly appealedBy?: string;
  readonly approvedBy?: string;
  readonly parts: readonly Part[];
}

/** Where and when a step is taken, and by whom. */
export interface Step {
  readonly caseId: string;
  readonly by: string;
  readonly day: string;
}

export interface Outcome {
  readonly reward: Reward;
  readonly entries: readonly LedgerEntry[];
}

/** The reward that a decision of liability begins. */
export const pendingReward = (reporters: readonly string[]): Reward => ({
  state: moveReward('none', 'pending-eligibility'),
  reporters,
  excluded: [],
  parts: [],
});

/** Who shares in the reward, in order of arrival. */
export const sharing = (reward: Reward): string[] =>
  reward.reporters.filter((id) => !reward.excluded.some((e) => e.reportId === id));

const another = (by: string, ...others: (string | undefined)[]): void => {
  if (others.includes(by))
    throw new RuleError('same_person', 'another person than the one of the step before must do this');
};

function exclude(reward: Reward, excluded: Reward['excluded'], pack: RewardPack): Reward {
  for (const { reportId, reason } of excluded) {
    if (!pack.exclusions.includes(reason)) {
      const allowed = pack.exclusions;
      throw new RuleError('bad_exclusion', `policy ${pack.id} excludes for: ${allowed.join(', ')}`, {
        field: 'excluded',
        allowed,
      });
    }
    if (!reward.reporters.includes(reportId)) {
      throw new RuleError('unknown_report', 'only reports of this case can be excluded', { field: 'excluded' });
    }
  }
  return { ...reward, excluded };
}

/** Decides who is excluded and why; nobody left makes the reward ineligible. */
export function decideEligibility(reward: Reward, excluded: Reward['excluded'], pack: RewardPack): Reward {
  const next = exclude(reward, excluded, pack);
  return { ...next, state: moveReward(reward.state, sharing(next).length > 0 ? 'eligible' : 'ineligible') };
}

/** What a successful appeal decides about exclusions; somebody must be left who shares. */
export function excludeAnew(reward: Reward, excluded: Reward['excluded'], pack: RewardPack): Reward {
  const next = exclude(reward, excluded, pack);
  if (sharing(next).length > 0) return next;
  throw new RuleError('bad_exclusion', 'nobody is left who shares: uphold instead', { field: 'excluded' });
}

/** Stores a calculation: the first, or the one that a successful appeal asks for. */
export function calculated(
  reward: Reward,
  to: 'calculated' | 'recalculated',
  result: CalculatedReward,
  step: Step,
): Reward {
  return {
    ...reward,
    state: moveReward(reward.state, to),
    calculation: { ...result, calculatedBy: step.by, day: step.day },
  };
}

/** An appeal against exclusion or amount is recorded. */
export const appeal = (reward: Reward, step: Step): Reward => ({
  ...reward,
  state: moveReward(reward.state, 'appealed'),
  appealedBy: step.by,
});

/** Who decides an appeal is neither who recorded it nor who calculated. */
export function decidesAppeal(reward: Reward, to: 'recalculated' | 'upheld', step: Step): Reward {
  const state = moveReward(reward.state, to);
  another(step.by, reward.appealedBy, reward.calculation?.calculatedBy);
  return { ...reward, state };
}

/**
 * Another person approves; the debt is booked. From that commit on the receipt shows it, so the parts are notified in the
 * same step, and their term to claim begins.
 */
export function approve(reward: Reward, pack: RewardPack, step: Step): Outcome {
  const { calculation } = reward;
  if (reward.state === 'upheld' && !calculation) {
    throw new RuleError('illegal_transition', 'the exclusion was upheld: there is nothing to approve', { allowed: [] });
  }
  const state = moveReward(moveReward(reward.state, 'approved'), 'notified');
  another(step.by, calculation!.calculatedBy);
  const claimBy = pack.claimWindowDays === null ? {} : { claimBy: addDays(step.day, pack.claimWindowDays) };
  const parts = sharing(reward).map((reportId, i): Part => ({
    reportId,
    amount: calculation!.shares[i]!,
    state,
    ...claimBy,
  }));
  const next = { ...reward, state, approvedBy: step.by, parts };
  return { reward: next, entries: parts.map((part) => posting('accrual', next, part, step)) };
}

const posting = (movement: Movement, reward: Reward, part: Part, step: Step): LedgerEntry =>
  entryOf(movement, part.amount, {
    caseId: step.caseId,
    reportId: part.reportId,
    day: step.day,
    policy: reward.calculation!.policy,
    currency: reward.calculation!.currency,
  });

/** The part that is meant: the only one, or the one of that report. */
export function partOf(reward: Reward, reportId?: string): Part {
  if (reward.parts.length === 0) {
    const allowed = REWARD_TRANSITIONS[reward.state];
    throw new RuleError('illegal_transition', `not possible from ${reward.state}`, { allowed });
  }
  const found = reportId ? reward.parts.find((p) => p.reportId === reportId) : reward.parts[0];
  if (found && (reportId || reward.parts.length === 1)) return found;
  throw new RuleError('unknown_report', 'name the report of one of the parts', {
    field: 'reportId',
    allowed: reward.parts.map((p) => p.reportId),
  });
}

/** The state of a whole reward is that of its least advanced part. */
const ORDER: readonly RewardState[] = ['notified', 'claimed', 'paid', 'declined', 'lapsed', 'reversed'];

function settle(
  reward: Reward,
  part: Part,
  to: RewardState,
  step: Step,
  more: Partial<Part>,
  movement?: Movement,
): Outcome {
  const changed = { ...part, ...more, state: moveReward(part.state, to) };
  const parts = reward.parts.map((p) => (p.reportId === part.reportId ? changed : p));
  const state = parts.map((p) => p.state).sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))[0]!;
  return { reward: { ...reward, parts, state }, entries: movement ? [posting(movement, reward, part, step)] : [] };
}

/** A reporter claims; the term runs anew for proving to the custodian who they are. */
export function claim(reward: Reward, part: Part, pack: RewardPack, step: Step): Outcome {
  const claimBy = pack.claimWindowDays === null ? {} : { claimBy: addDays(step.day, pack.claimWindowDays) };
  return settle(reward, part, 'claimed', step, claimBy);
}

/** A reporter wants no money; what was owed is released. */
export const decline = (reward: Reward, part: Part, step: Step): Outcome =>
  settle(reward, part, 'declined', step, {}, 'decline');

/** The term ran out; null when there is nothing left to lapse: paid, ended, proven, or moved to a later day. */
export function lapse(reward: Reward, part: Part, step: Step): Outcome | null {
  const waits = part.state === 'notified' || (part.state === 'claimed' && !part.identity);
  if (!waits || part.claimBy === undefined || step.day <= part.claimBy) return null;
  return settle(reward, part, 'lapsed', step, {}, 'lapse');
}

/** The custodian says that the claimant proved to be the reporter. */
export function confirmIdentity(reward: Reward, part: Part, step: Step): Outcome {
  if (part.state !== 'claimed') {
    const allowed = REWARD_TRANSITIONS[part.state];
    throw new RuleError('illegal_transition', 'an identity is confirmed after a claim', { allowed });
  }
  if (part.identity) throw new RuleError('already_done', 'the identity is confirmed');
  const identity = { by: step.by, day: step.day };
  const parts = reward.parts.map((p) => (p.reportId === part.reportId ? { ...p, identity } : p));
  return { reward: { ...reward, parts }, entries: [] };
}

/** Pays what was claimed by who is proven to be the reporter; not by who calculated, approved or confirmed. */
export function pay(reward: Reward, part: Part, step: Step): Outcome {
  moveReward(part.state, 'paid');
  if (!part.identity) {
    throw new RuleError('illegal_transition', 'the custodian has not confirmed the identity', {
      allowed: ['declined', 'lapsed'],
    });
  }
  another(step.by, reward.calculation?.calculatedBy, reward.approvedBy, part.identity.by);
  return settle(reward, part, 'paid', step, { paidBy: step.by }, 'payment');
}

/** A court decision takes back what was paid, as a new entry. */
export const reverse = (reward: Reward, part: Part, step: Step): Outcome =>
  settle(reward, part, 'reversed', step, {}, 'reversal');
