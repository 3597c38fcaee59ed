import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AcknowledgeReportController } from './acknowledge-report/acknowledge-report.controller.js';
import { CalculateRewardController } from './calculate-reward/calculate-reward.controller.js';
import { Case, CaseSchema } from './cases/case.schema.js';
import { DecideCaseController } from './decide-case/decide-case.controller.js';
import { Policies } from './policies/policies.js';
import { Receipts } from './receipt/receipts.js';
import { Report, ReportSchema } from './reports/report.schema.js';
import { SubmitReportController } from './submit-report/submit-report.controller.js';
import { TrackReportController } from './track-report/track-report.controller.js';
import { TriageReportController } from './triage-report/triage-report.controller.js';

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: Report.name, schema: ReportSchema },
      { name: Case.name, schema: CaseSchema },
    ]),
  ],
  controllers: [
    SubmitReportController,
    TrackReportController,
    AcknowledgeReportController,
    TriageReportController,
    DecideCaseController,
    CalculateRewardController,
  ],
  providers: [Policies, Receipts],
})
export class ReportingModule {}
