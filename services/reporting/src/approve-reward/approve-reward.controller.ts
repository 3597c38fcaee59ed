import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { RewardApprovedV1 } from '@aiqyn/contracts';
import { type Caller, Can, From } from '@aiqyn/platform';
import { rewardOfCase } from '../calculate-reward/reward-of-case.js';
import { scheduleLapse } from '../claim-reward/reward-lapse.js';
import { Policies } from '../policies/policies.js';
import { appeal, approve, decidesAppeal, excludeAnew } from '../rewards/reward-steps.rules.js';
import { RewardSteps } from '../rewards/reward-steps.js';
import { DecideAppeal } from './approve-reward.dto.js';

/** The second person of a reward: approval, and what an appeal comes to. */
@Controller('v1/cases/:id/reward')
export class ApproveRewardController {
  constructor(
    private readonly steps: RewardSteps,
    private readonly policies: Policies,
  ) {}

  @Post('approval')
  @HttpCode(200)
  @Can('reward:approve')
  async approve(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    const { reward, version } = await this.steps.take(caller, id, 'reward:approve', ({ tx, reward, pack, step }) => {
      const outcome = approve(reward, pack, step);
      for (const part of outcome.reward.parts) scheduleLapse(tx, id, part);
      const { amount, policy } = reward.calculation!;
      const event = Object.assign(new RewardApprovedV1(), { caseId: id, day: step.day, amount, policy });
      return { outcome, events: [event] };
    });
    return { caseId: id, state: reward.state, parts: reward.parts, version };
  }

  /** Records an appeal that came on paper or through the receipt's channel. */
  @Post('appeal')
  @HttpCode(200)
  @Can('reward:calculate')
  async appeal(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    const { reward, version } = await this.steps.take(caller, id, 'reward:appeal', ({ reward, step }) => ({
      outcome: { reward: appeal(reward, step), entries: [] },
    }));
    return { caseId: id, state: reward.state, version };
  }

  @Post('appeal-decision')
  @HttpCode(200)
  @Can('reward:approve')
  async decideAppeal(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: DecideAppeal,
    @From() caller: Caller,
  ): Promise<object> {
    const { reward, version } = await this.steps.take(caller, id, 'reward:decide-appeal', (facts) => {
      const decided = decidesAppeal(facts.reward, body.outcome, facts.step);
      if (body.outcome === 'upheld') return { outcome: { reward: decided, entries: [] }, reason: 'upheld' };
      const excluded = body.excluded.map(({ reportId, reason }) => ({ reportId, reason }));
      const open = excludeAnew(facts.reward, excluded, facts.pack);
      return rewardOfCase(facts, open, 'recalculated', body.choice ?? {}, this.policies.rewards);
    });
    return { caseId: id, state: reward.state, amount: reward.calculation?.amount, version };
  }
}
