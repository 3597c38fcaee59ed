import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Public } from '@aiqyn/platform';
import { Case } from '../cases/case.schema.js';
import { ReceiptHolders } from '../receipt/receipt-holders.js';
import { ReceiptQuestion } from './track-report.dto.js';

/** What became of a report, told to whoever holds its receipt; unknown, mistyped and wrong codes are answered alike. */
@Public()
@Controller('v1/reports')
export class TrackReportController {
  constructor(
    @InjectModel(Case.name) private readonly cases: Model<Case>,
    private readonly holders: ReceiptHolders,
  ) {}

  /** POST, not GET: the code must not stand in an address, where proxies keep it. */
  @Post('status')
  @HttpCode(200)
  async status(@Body() { receiptCode }: ReceiptQuestion): Promise<object> {
    const own = await this.holders.caseOf(receiptCode);
    const file = await this.leadOf(own);
    return {
      state: file.state,
      mode: own.mode,
      unread: own.dialogue?.unread.reporter ?? 0,
      replyKey: own.replyKey ?? null,
      acknowledgeBy: own.acknowledgeBy,
      feedbackBy: own.feedbackBy,
      ...(file.feedback ? { feedback: { code: file.feedback, day: file.feedbackDay } } : {}),
      ...(file.reward ? { reward: { amount: file.reward.amount, policy: file.reward.policy } } : {}),
    };
  }

  /** The case in which a merged report goes on; a lead that was merged later leads on to its own. */
  private async leadOf(file: Case): Promise<Case> {
    if (!file.mergedInto) return file;
    const lead = await this.cases.findOne({ _id: { $eq: file.mergedInto } }).lean();
    if (!lead) throw new Error(`case ${file._id} is merged into one that is missing`);
    return this.leadOf(lead);
  }
}
