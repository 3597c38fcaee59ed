import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { RewardPaidV1, RewardReversedV1, RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From } from '@aiqyn/platform';
import { WhosePart } from '../claim-reward/claim-reward.dto.js';
import { partOf, pay, reverse } from '../rewards/reward-steps.rules.js';
import { RewardSteps } from '../rewards/reward-steps.js';
import { ReverseReward } from './pay-reward.dto.js';

/** Money leaves the treasury, or a court decision asks it back. */
@Controller('v1/cases/:id/reward')
export class PayRewardController {
  constructor(private readonly steps: RewardSteps) {}

  @Post('payment')
  @HttpCode(200)
  @Can('reward:pay')
  async pay(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reportId }: WhosePart,
    @From() caller: Caller,
  ): Promise<object> {
    const { reward, version } = await this.steps.take(caller, id, 'reward:pay', ({ reward, step }) => {
      const part = partOf(reward, reportId);
      const { policy } = reward.calculation ?? {};
      const event = Object.assign(new RewardPaidV1(), { caseId: id, day: step.day, amount: part.amount, policy });
      return { outcome: pay(reward, part, step), events: [event] };
    });
    return { caseId: id, state: reward.state, parts: reward.parts, version };
  }

  @Post('reversal')
  @HttpCode(200)
  @Can('reward:reverse')
  async reverse(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reportId, legalForceDay }: ReverseReward,
    @From() caller: Caller,
  ): Promise<object> {
    const { reward, version } = await this.steps.take(caller, id, 'reward:reverse', ({ reward, step }) => {
      if (legalForceDay > step.day) {
        throw new RuleError('day_in_future', 'legalForceDay must not be in the future', { field: 'legalForceDay' });
      }
      const part = partOf(reward, reportId);
      const { policy } = reward.calculation ?? {};
      const event = Object.assign(new RewardReversedV1(), { caseId: id, day: step.day, amount: part.amount, policy });
      return { outcome: reverse(reward, part, step), events: [event] };
    });
    return { caseId: id, state: reward.state, parts: reward.parts, version };
  }
}
