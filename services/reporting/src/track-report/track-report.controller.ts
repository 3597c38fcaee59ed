import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Public } from '@aiqyn/platform';
import { ReceiptHolders } from '../receipt/receipt-holders.js';
import { ReceiptQuestion } from './track-report.dto.js';

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
}
