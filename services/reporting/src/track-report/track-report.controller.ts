import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { Public } from '@aiqyn/platform';
import { appealUntil } from '../appeal-outcome/appeal.rules.js';
import { Policies } from '../policies/policies.js';
import type { Reward } from '../rewards/reward-steps.rules.js';
import { ReceiptHolders } from '../receipt/receipt-holders.js';
import { type Language } from '../fill-form/form.rules.js';
import { ReceiptQuestion } from './track-report.dto.js';
import { readTexts, type StatusTexts } from './texts.js';

/** Before the approval no figure: one that changes again would be a promise. Who gets nothing is told, so that they can appeal. */
function rewardShown(reward: Reward | undefined, reportId: string): object | undefined {
  const part = reward?.parts.find((p) => p.reportId === reportId);
  if (part) {
    const { state, amount, claimBy } = part;
    return { state, amount, ...(claimBy === undefined ? {} : { claimBy }), policy: reward?.calculation?.policy };
  }
  const excluded = reward?.excluded.find((e) => e.reportId === reportId);
  if (excluded) return { state: reward?.state === 'appealed' ? 'appealed' : 'ineligible', reason: excluded.reason };
  return reward?.state === 'appealed' ? { state: 'appealed' } : undefined;
}

/** What became of a report, told to whoever holds its receipt; unknown, mistyped and wrong codes are answered alike. */
@Public()
@Controller('v1')
export class TrackReportController {
  private readonly words = readTexts();

  constructor(
    private readonly holders: ReceiptHolders,
    private readonly policies: Policies,
  ) {}

  /** The words for the codes of a status: all of them, so that nobody learns which one a person looked up. */
  @Get('channels/default/texts')
  texts(): Readonly<Record<Language, StatusTexts>> {
    return this.words;
  }

  /** POST, not GET: the code must not stand in an address, where proxies keep it. */
  @Post('reports/status')
  @HttpCode(200)
  async status(@Body() { receiptCode }: ReceiptQuestion): Promise<object> {
    const own = await this.holders.caseOf(receiptCode);
    const file = await this.holders.leadOf(own);
    const reward = rewardShown(file.reward, own._id);
    const until = appealUntil(this.policies.appeals, file);
    const { appeal } = file;
    return {
      state: file.state,
      mode: own.mode,
      unread: own.dialogue?.unread.reporter ?? 0,
      replyKey: own.replyKey ?? null,
      acknowledgeBy: own.acknowledgeBy,
      feedbackBy: own.feedbackBy,
      ...(file.feedback ? { feedback: { code: file.feedback, day: file.feedbackDay } } : {}),
      ...(appeal ? { appeal: { state: appeal.state, day: appeal.day } } : {}),
      ...(until ? { appeal: { state: 'possible', until } } : {}),
      ...(file.purgedDay ? { purgedDay: file.purgedDay } : {}),
      ...(own.withdrawn ? { withdrawnDay: own.withdrawnDay } : {}),
      ...(reward ? { reward } : {}),
    };
  }
}
