import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { NotFound, Public } from '@aiqyn/platform';
import { Case } from '../cases/case.schema.js';
import { Receipts } from '../receipt/receipts.js';
import { Report } from '../reports/report.schema.js';
import { ReceiptQuestion } from './track-report.dto.js';

/** What became of a report, told to whoever holds its receipt; unknown, mistyped and wrong codes are answered alike. */
@Public()
@Controller('v1/reports')
export class TrackReportController {
  constructor(
    @InjectModel(Report.name) private readonly reports: Model<Report>,
    @InjectModel(Case.name) private readonly cases: Model<Case>,
    private readonly receipts: Receipts,
  ) {}

  /** POST, not GET: the code must not stand in an address, where proxies keep it. */
  @Post('status')
  @HttpCode(200)
  async status(@Body() { receiptCode }: ReceiptQuestion): Promise<object> {
    const verifier = this.receipts.verifierOf(receiptCode.replaceAll(' ', ''));
    const report = await this.reports.findOne({ receiptVerifier: { $eq: verifier } }).lean();
    if (!report) throw new NotFound();
    const file = report.caseId ? await this.cases.findOne({ _id: { $eq: report.caseId } }).lean() : null;
    // Nothing before the approval: a figure that changes again would be a promise.
    const part = file?.reward?.parts.find((p) => p.reportId === report._id);
    const { state, amount, claimBy } = part ?? {};
    const policy = file?.reward?.calculation?.policy;
    return {
      state: file?.state ?? report.state,
      acknowledgeBy: report.acknowledgeBy,
      feedbackBy: report.feedbackBy,
      ...(part ? { reward: { state, amount, ...(claimBy ? { claimBy } : {}), policy } } : {}),
    };
  }
}
