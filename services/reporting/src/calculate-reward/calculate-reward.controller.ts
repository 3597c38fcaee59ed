import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type Caller, Can, From, NotFound } from '@aiqyn/platform';
import { Case } from '../cases/case.schema.js';
import { visibleCases } from '../cases/case-access.js';
import { Policies } from '../policies/policies.js';
import { decideEligibility } from '../rewards/reward-steps.rules.js';
import { RewardSteps } from '../rewards/reward-steps.js';
import { CalculateReward, DecideEligibility } from './calculate-reward.dto.js';
import { rewardOfCase } from './reward-of-case.js';

/** Who gets a reward, and how much: the reward officer's two steps. */
@Controller('v1/cases')
export class CalculateRewardController {
  constructor(
    @InjectModel(Case.name) private readonly cases: Model<Case>,
    private readonly steps: RewardSteps,
    private readonly policies: Policies,
  ) {}

  @Get(':id/reward')
  @Can('reward:read')
  async read(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    const file = await this.cases.findOne(visibleCases(caller, { _id: id })).lean<Case>();
    if (!file?.reward) throw new NotFound();
    return { caseId: id, ...file.reward };
  }

  @Post(':id/reward/eligibility')
  @HttpCode(200)
  @Can('reward:calculate')
  async eligibility(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { excluded }: DecideEligibility,
    @From() caller: Caller,
  ): Promise<object> {
    const { reward, version } = await this.steps.take(caller, id, 'reward:eligibility', ({ reward, pack }) => {
      const plain = excluded.map(({ reportId, reason }) => ({ reportId, reason }));
      const next = decideEligibility(reward, plain, pack);
      return { outcome: { reward: next, entries: [] }, reason: next.state };
    });
    return { caseId: id, state: reward.state, excluded: reward.excluded, version };
  }

  @Post(':id/reward')
  @HttpCode(200)
  @Can('reward:calculate')
  async calculate(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() choice: CalculateReward,
    @From() caller: Caller,
  ): Promise<object> {
    const { reward, version } = await this.steps.take(caller, id, 'reward:calculate', (facts) =>
      rewardOfCase(facts, facts.reward, 'calculated', choice, this.policies.rewards),
    );
    const { amount, policy, basis, shares, steps } = reward.calculation!;
    return { caseId: id, state: reward.state, amount, policy, basis, shares, steps, version };
  }
}
