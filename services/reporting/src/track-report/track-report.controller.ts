import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Public } from '@aiqyn/platform';
import type { Part } from '../rewards/reward-steps.rules.js';
import { ReceiptHolders } from '../receipt/receipt-holders.js';
import { ReceiptQuestion } from './track-report.dto.js';

const partShown = (part: Part | undefined): object | undefined =>
  part && {
    state: part.state,
    amount: part.amount,
    ...(part.claimBy === undefined ? {} : { claimBy: part.claimBy }),
  };

/** What became of a report, told to whoever holds its receipt; unknown, mistyped and wrong codes are answered alike. */
@Public()
@Controller('v1/reports')
export class TrackReportController {
  constructor(private readonly holders: ReceiptHolders) {}

  /** POST, not GET: the code must not stand in an address, where proxies keep it. */
  @Post('status')
  @HttpCode(200)
  async status(@Body() { receiptCode }: ReceiptQuestion): Promise<object> {
    const own = await this.holders.caseOf(receiptCode);
    const file = await this.holders.leadOf(own);
    // Nothing before the approval: a figure that changes again would be a promise.
    const part = partShown(file.reward?.parts.find((p) => p.reportId === own._id));
    return {
      state: file.state,
      mode: own.mode,
      unread: own.dialogue?.unread.reporter ?? 0,
      replyKey: own.replyKey ?? null,
      acknowledgeBy: own.acknowledgeBy,
      feedbackBy: own.feedbackBy,
      ...(file.feedback ? { feedback: { code: file.feedback, day: file.feedbackDay } } : {}),
      ...(part ? { reward: { ...part, policy: file.reward?.calculation?.policy } } : {}),
    };
  }
}
