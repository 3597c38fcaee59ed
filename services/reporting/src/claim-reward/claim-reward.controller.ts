import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { RewardClaimedV1, RewardDeclinedV1 } from '@aiqyn/contracts';
import { type Caller, Can, From, NotFound, Public } from '@aiqyn/platform';
import { Case } from '../cases/case.schema.js';
import { Receipts } from '../receipt/receipts.js';
import { Report } from '../reports/report.schema.js';
import { claim, confirmIdentity, decline, partOf } from '../rewards/reward-steps.rules.js';
import { RewardSteps } from '../rewards/reward-steps.js';
import { ClaimReward, WhosePart } from './claim-reward.dto.js';
import { scheduleLapse } from './reward-lapse.js';

/**
 * A reporter claims with the receipt, without a login and without a name; who they are is shown to the custodian, who
 * tells this service only that it was proven.
 */
@Controller('v1')
export class ClaimRewardController {
  constructor(
    @InjectModel(Report.name) private readonly reports: Model<Report>,
    @InjectModel(Case.name) private readonly cases: Model<Case>,
    private readonly receipts: Receipts,
    private readonly steps: RewardSteps,
  ) {}

  @Post('reports/claim')
  @Public()
  @HttpCode(200)
  async claim(@Body() { receiptCode, wish }: ClaimReward, @From() caller: Caller): Promise<object> {
    const verifier = this.receipts.verifierOf(receiptCode.replaceAll(' ', ''));
    const report = await this.reports.findOne({ receiptVerifier: { $eq: verifier } }).lean();
    // An unknown code and one that no part belongs to look alike.
    const { _id: reportId, caseId } = report ?? {};
    const file = caseId ? await this.cases.findOne({ _id: { $eq: caseId } }).lean() : null;
    if (!caseId || !file?.reward?.parts.some((p) => p.reportId === reportId)) throw new NotFound();
    // Nothing is remembered of the body: its hash would let who has the database recognise the code.
    const { idempotencyKey: _, ...plain } = caller;
    const { reward } = await this.steps.take(plain, caseId, `reward:${wish}`, ({ tx, reward, pack, step }) => {
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
