import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ApproveRewardController } from './approve-reward/approve-reward.controller.js';
import { AcknowledgeReportController } from './acknowledge-report/acknowledge-report.controller.js';
import { CalculateRewardController } from './calculate-reward/calculate-reward.controller.js';
import { Case, CaseSchema } from './cases/case.schema.js';
import { ClaimRewardController } from './claim-reward/claim-reward.controller.js';
import { RewardLapse } from './claim-reward/reward-lapse.js';
import { DecideCaseController } from './decide-case/decide-case.controller.js';
import { PayRewardController } from './pay-reward/pay-reward.controller.js';
import { Policies } from './policies/policies.js';
import { Receipts } from './receipt/receipts.js';
import { Report, ReportSchema } from './reports/report.schema.js';
import { LedgerController } from './reward-ledger/ledger.controller.js';
import { LedgerRow, LedgerSchema } from './reward-ledger/ledger.schema.js';
import { RewardSteps } from './rewards/reward-steps.js';
import { SubmitReportController } from './submit-report/submit-report.controller.js';
import { TrackReportController } from './track-report/track-report.controller.js';
import { TriageReportController } from './triage-report/triage-report.controller.js';

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: Report.name, schema: ReportSchema },
      { name: Case.name, schema: CaseSchema },
      { name: LedgerRow.name, schema: LedgerSchema },
    ]),
  ],
  controllers: [
    SubmitReportController,
    TrackReportController,
    AcknowledgeReportController,
    TriageReportController,
    DecideCaseController,
    CalculateRewardController,
    ApproveRewardController,
    ClaimRewardController,
    PayRewardController,
    LedgerController,
  ],
  providers: [Policies, Receipts, RewardSteps, RewardLapse],
})
export class ReportingModule {}
