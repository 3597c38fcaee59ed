import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { RewardCalculatedV1, RuleError } from '@aiqyn/contracts';
import { type Caller, Can, change, Clock, Commands, From } from '@aiqyn/platform';
import { CASES } from '../cases/case.schema.js';
import { loadCase } from '../cases/case-access.js';
import { Policies } from '../policies/policies.js';
import { packOn } from './reward-pack.rules.js';
import { calculateReward } from './reward.rules.js';

/** Calculates the reward of a case that was decided against the accused. */
@Controller('v1/cases')
export class CalculateRewardController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  @Post(':id/reward')
  @HttpCode(200)
  @Can('reward:calculate')
  calculate(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const file = await loadCase(tx, this.connection, id, caller);
      if (file.state !== 'decided-liable' || !file.decidedDay || !file.offenceClass) {
        throw new RuleError('illegal_transition', 'a reward needs a decision of liability in legal force', {
          allowed: ['decided-liable'],
        });
      }
      if (file.reward) throw new RuleError('already_done', 'the reward of this case is calculated');
      const { packs, tables } = this.policies.rewards;
      const result = calculateReward(packOn(packs, 'KZ', file.decidedDay), tables, {
        category: file.offenceClass,
        damageTiyn: file.damage ?? 0,
        days: { decision: file.decidedDay },
        reporters: 1,
      });
      const day = this.clock.today();
      const reward = { ...result, calculatedBy: caller.id, day };
      const event = Object.assign(new RewardCalculatedV1(), {
        caseId: id,
        day,
        amount: result.amount,
        policy: result.policy,
      });
      const version = change(tx, CASES, file, { reward }, event);
      tx.audit({ actor: caller.id, action: 'reward:calculate', resource: id, outcome: 'done' });
      return { caseId: id, amount: result.amount, policy: result.policy, basis: result.basis, version };
    });
  }
}
