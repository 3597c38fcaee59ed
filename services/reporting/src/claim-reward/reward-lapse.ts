import { Injectable } from '@nestjs/common';
import { addDays, almatyDay, dayStartUtc, RewardLapsedV1 } from '@aiqyn/contracts';
import { change, Timers, type Tx } from '@aiqyn/platform';
import { CASES } from '../cases/case.schema.js';
import { post } from '../reward-ledger/ledger.schema.js';
import { lapse, type Part, partOf } from '../rewards/reward-steps.rules.js';
import { RewardSteps } from '../rewards/reward-steps.js';

const REWARD_LAPSE = 'reward-lapse';

/** Sets (or moves) the timer of a part to 00:00 of the day after its last. */
export function scheduleLapse(tx: Tx, caseId: string, { reportId, claimBy }: Part): void {
  if (claimBy === undefined) return;
  tx.schedule(REWARD_LAPSE, `${caseId}/${reportId}`, dayStartUtc(addDays(claimBy, 1)), { caseId, reportId });
}

/** The term to claim ran out: the part lapses without anybody's action, and what was owed is released. */
@Injectable()
export class RewardLapse {
  constructor(timers: Timers, steps: RewardSteps) {
    timers.on(REWARD_LAPSE, async (data, { tx, dueAt }) => {
      const caseId = String(data['caseId']);
      const { file, reward, step } = await steps.facts(tx, caseId, REWARD_LAPSE);
      const part = partOf(reward, String(data['reportId']));
      // The day on which the term ran out, not the one on which the service came back to see it.
      const day = almatyDay(dueAt);
      const outcome = lapse(reward, part, { ...step, day });
      if (!outcome) return;
      const { policy } = reward.calculation!;
      const event = Object.assign(new RewardLapsedV1(), { caseId, day, amount: part.amount, policy });
      change(tx, CASES, file, { reward: outcome.reward }, event);
      post(tx, outcome.entries);
      tx.audit({ actor: REWARD_LAPSE, action: 'reward:lapse', resource: caseId, outcome: 'done' });
    });
  }
}
