import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { RewardClaimedV1, RewardDeclinedV1 } from '@aiqyn/contracts';
import { type Caller, Can, From, NotFound, Public } from '@aiqyn/platform';
import { ReceiptHolders } from '../receipt/receipt-holders.js';
import { appeal, claim, confirmIdentity, decline, partOf } from '../rewards/reward-steps.rules.js';
import { RewardSteps } from '../rewards/reward-steps.js';
import { ReceiptQuestion } from '../track-report/track-report.dto.js';
import { ClaimReward, WhosePart } from './claim-reward.dto.js';
import { scheduleLapse } from './reward-lapse.js';

/**
 * A reporter claims with the receipt, without a login and without a name; who they are is shown to the custodian, who
 * tells this service only that it was proven.
 */
@Controller('v1')
export class ClaimRewardController {
  constructor(
    private readonly holders: ReceiptHolders,
    private readonly steps: RewardSteps,
  ) {}

  @Post('reports/claim')
  @Public()
  @HttpCode(200)
  async claim(@Body() { receiptCode, wish }: ClaimReward, @From() caller: Caller): Promise<object> {
    const own = await this.holders.caseOf(receiptCode);
    const { _id: caseId, reward: open } = await this.holders.leadOf(own);
    const reportId = own._id;
    // An unknown code and one that no part belongs to look alike.
    if (!open?.parts.some((p) => p.reportId === reportId)) throw new NotFound();
    // Nothing is remembered of the body: its hash would let who has the database recognise the code.
    const { idempotencyKey: _, ...plain } = caller;
    const citizen = { ...plain, permission: `reward:${wish}`, resource: caseId };
    const { reward } = await this.steps.take(citizen, caseId, `reward:${wish}`, ({ tx, reward, pack, step }) => {
      const part = partOf(reward, reportId);
      const claims = wish === 'claim';
      const outcome = claims ? claim(reward, part, pack, step) : decline(reward, part, step);
      if (claims) scheduleLapse(tx, caseId, partOf(outcome.reward, reportId));
      const { policy } = reward.calculation!;
      const event = claims ? new RewardClaimedV1() : new RewardDeclinedV1();
      Object.assign(event, { caseId, day: step.day, amount: part.amount, policy });
      return { outcome, events: [event] };
    });
    const { state, amount, claimBy } = partOf(reward, reportId);
    return { reward: { state, amount, ...(claimBy ? { claimBy } : {}) } };
  }

  /** Against being left out, or the calculation, by whoever reported; why is written to the office as a message. */
  @Post('reports/reward-appeal')
  @Public()
  @HttpCode(200)
  async appeal(@Body() { receiptCode }: ReceiptQuestion, @From() caller: Caller): Promise<object> {
    const own = await this.holders.caseOf(receiptCode);
    const { _id: caseId, reward: open } = await this.holders.leadOf(own);
    if (!open?.reporters.includes(own._id)) throw new NotFound();
    const citizen = { ...caller, permission: 'reward:appeal', resource: caseId };
    const { reward } = await this.steps.take(citizen, caseId, 'reward:appeal', ({ reward, step }) => ({
      outcome: { reward: appeal(reward, step), entries: [] },
    }));
    return { reward: { state: reward.state } };
  }

  @Post('cases/:id/reward/identity')
  @HttpCode(200)
  @Can('reward:confirm-identity')
  async identity(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reportId }: WhosePart,
    @From() caller: Caller,
  ): Promise<object> {
    const { reward, version } = await this.steps.take(caller, id, 'reward:confirm-identity', ({ reward, step }) => ({
      outcome: confirmIdentity(reward, partOf(reward, reportId), step),
    }));
    return { caseId: id, state: reward.state, version };
  }
}
