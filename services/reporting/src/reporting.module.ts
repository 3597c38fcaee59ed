import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ApproveRewardController } from './approve-reward/approve-reward.controller.js';
import { AcknowledgeReportController } from './acknowledge-report/acknowledge-report.controller.js';
import {
  Attachment,
  AttachmentSchema,
  StoredChunk,
  StoredChunkSchema,
  StoredFile,
  StoredFileSchema,
} from './attach-file/attachment.schema.js';
import { OfficeAttachmentsController } from './attach-file/office-attachments.controller.js';
import { ReporterAttachmentsController } from './attach-file/reporter-attachments.controller.js';
import { Uploads } from './attach-file/uploads.js';
import { CalculateRewardController } from './calculate-reward/calculate-reward.controller.js';
import { Open311Controller } from './answer-open311/open311.controller.js';
import { AssignCaseController } from './assign-case/assign-case.controller.js';
import { Case, CaseSchema } from './cases/case.schema.js';
import { CaseMoves } from './cases/case-moves.js';
import { ChangeModeController } from './change-mode/change-mode.controller.js';
import { CloseCaseController } from './close-case/close-case.controller.js';
import { DecideCaseController } from './decide-case/decide-case.controller.js';
import { InvestigateCaseController } from './investigate-case/investigate-case.controller.js';
import { ClaimRewardController } from './claim-reward/claim-reward.controller.js';
import { RewardLapse } from './claim-reward/reward-lapse.js';
import { PayRewardController } from './pay-reward/pay-reward.controller.js';
import { Policies } from './policies/policies.js';
import { Complaint, ComplaintSchema } from './protect-reporter/complaint.schema.js';
import { LodgeComplaintController } from './protect-reporter/lodge-complaint.controller.js';
import { ProtectReporterController } from './protect-reporter/protect-reporter.controller.js';
import { PublishStatisticsController } from './publish-statistics/publish-statistics.controller.js';
import { Statistics, StatisticsSchema } from './publish-statistics/statistics.schema.js';
import { ReadCasesController } from './read-cases/read-cases.controller.js';
import { ReceiptHolders } from './receipt/receipt-holders.js';
import { Receipts } from './receipt/receipts.js';
import { SeeIdentityController } from './see-identity/see-identity.controller.js';
import { LedgerController } from './reward-ledger/ledger.controller.js';
import { LedgerRow, LedgerSchema } from './reward-ledger/ledger.schema.js';
import { RewardSteps } from './rewards/reward-steps.js';
import { SubmitReportController } from './submit-report/submit-report.controller.js';
import { Dialogues } from './talk-to-reporter/dialogues.js';
import { Message, MessageSchema } from './talk-to-reporter/message.schema.js';
import { OfficeMessagesController } from './talk-to-reporter/office-messages.controller.js';
import { ReporterMessagesController } from './talk-to-reporter/reporter-messages.controller.js';
import { TrackReportController } from './track-report/track-report.controller.js';
import { Log, LogEntry, LogEntrySchema, LogSchema, TreeHead, TreeHeadSchema } from './transparency-log/log.schema.js';
import { LogKey } from './transparency-log/log-key.js';
import { SequenceLeaves } from './transparency-log/sequence-leaves.js';
import { TransparencyController } from './transparency-log/transparency.controller.js';
import { TriageReportController } from './triage-report/triage-report.controller.js';
import { ExtendDeadlineController } from './watch-deadlines/extend-deadline.controller.js';
import { WatchDeadlines } from './watch-deadlines/watch-deadlines.js';

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: Case.name, schema: CaseSchema },
      { name: Message.name, schema: MessageSchema },
      { name: Attachment.name, schema: AttachmentSchema },
      { name: StoredFile.name, schema: StoredFileSchema },
      { name: StoredChunk.name, schema: StoredChunkSchema },
      { name: Complaint.name, schema: ComplaintSchema },
      { name: Statistics.name, schema: StatisticsSchema },
      { name: Log.name, schema: LogSchema },
      { name: LogEntry.name, schema: LogEntrySchema },
      { name: TreeHead.name, schema: TreeHeadSchema },
      { name: LedgerRow.name, schema: LedgerSchema },
    ]),
  ],
  controllers: [
    SubmitReportController,
    TrackReportController,
    TransparencyController,
    ReporterMessagesController,
    ReporterAttachmentsController,
    ChangeModeController,
    OfficeMessagesController,
    OfficeAttachmentsController,
    AcknowledgeReportController,
    TriageReportController,
    ReadCasesController,
    AssignCaseController,
    SeeIdentityController,
    PublishStatisticsController,
    Open311Controller,
    LodgeComplaintController,
    ProtectReporterController,
    InvestigateCaseController,
    DecideCaseController,
    CloseCaseController,
    ExtendDeadlineController,
    CalculateRewardController,
    ApproveRewardController,
    ClaimRewardController,
    PayRewardController,
    LedgerController,
  ],
  providers: [
    ...[Policies, Receipts, ReceiptHolders, CaseMoves, Dialogues, Uploads, WatchDeadlines],
    ...[LogKey, SequenceLeaves, RewardSteps, RewardLapse],
  ],
})
export class ReportingModule {}
