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
import { Flood } from './ask-for-work/flood.js';
import { SpentWork, SpentWorkSchema } from './ask-for-work/spent-work.schema.js';
import { Forms } from './fill-form/forms.js';
import { FormsController } from './fill-form/forms.controller.js';
import { CaseKeys } from './case-keys/case-keys.js';
import { RotateKeys } from './case-keys/rotate-keys.js';
import { KeyBlock, KeyBlockSchema } from './case-keys/case-keys.schema.js';
import { Case, CaseSchema } from './cases/case.schema.js';
import { CaseMoves } from './cases/case-moves.js';
import { ChangeModeController } from './change-mode/change-mode.controller.js';
import { CloseCaseController } from './close-case/close-case.controller.js';
import { DecideCaseController } from './decide-case/decide-case.controller.js';
import { InvestigateCaseController } from './investigate-case/investigate-case.controller.js';
import { ClaimRewardController } from './claim-reward/claim-reward.controller.js';
import { RewardLapse } from './claim-reward/reward-lapse.js';
import { PayRewardController } from './pay-reward/pay-reward.controller.js';
import { OnFindingReferred } from './open-case/on-finding-referred.js';
import { OpenCaseController } from './open-case/open-case.controller.js';
import { AppealText, AppealTextSchema } from './appeal-outcome/appeal.schema.js';
import { HearAppealController } from './appeal-outcome/hear-appeal.controller.js';
import { LodgeAppealController } from './appeal-outcome/lodge-appeal.controller.js';
import { HandOverController } from './hand-over/hand-over.controller.js';
import { Handover, HandoverSchema } from './hand-over/handover.schema.js';
import { ReferralKeys } from './hand-over/referral-keys.js';
import { LegalHoldController } from './purge-cases/legal-hold.controller.js';
import { PurgeCases } from './purge-cases/purge-cases.js';
import { Policies } from './policies/policies.js';
import { Complaint, ComplaintSchema } from './protect-reporter/complaint.schema.js';
import { LodgeComplaintController } from './protect-reporter/lodge-complaint.controller.js';
import { ProtectReporterController } from './protect-reporter/protect-reporter.controller.js';
import { PublishStatisticsController } from './publish-statistics/publish-statistics.controller.js';
import { Statistics, StatisticsSchema } from './publish-statistics/statistics.schema.js';
import { ReadCasesController } from './read-cases/read-cases.controller.js';
import { ReceiptHolders } from './receipt/receipt-holders.js';
import { WatchPeppers } from './receipt/watch-peppers.js';
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
import { WithdrawReportController } from './withdraw-report/withdraw-report.controller.js';
import { ExtendDeadlineController } from './watch-deadlines/extend-deadline.controller.js';
import { WatchDeadlines } from './watch-deadlines/watch-deadlines.js';

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: Case.name, schema: CaseSchema },
      { name: SpentWork.name, schema: SpentWorkSchema },
      { name: KeyBlock.name, schema: KeyBlockSchema },
      { name: Message.name, schema: MessageSchema },
      { name: AppealText.name, schema: AppealTextSchema },
      { name: Handover.name, schema: HandoverSchema },
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
    OnFindingReferred,
    FormsController,
    TrackReportController,
    TransparencyController,
    ReporterMessagesController,
    ReporterAttachmentsController,
    ChangeModeController,
    OfficeMessagesController,
    OfficeAttachmentsController,
    AcknowledgeReportController,
    TriageReportController,
    OpenCaseController,
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
    HandOverController,
    LegalHoldController,
    LodgeAppealController,
    HearAppealController,
    WithdrawReportController,
    ExtendDeadlineController,
    CalculateRewardController,
    ApproveRewardController,
    ClaimRewardController,
    PayRewardController,
    LedgerController,
  ],
  providers: [
    ...[Policies, Forms, Flood, CaseKeys, ReferralKeys, Receipts, ReceiptHolders, CaseMoves, Dialogues, Uploads],
    ...[WatchDeadlines, RotateKeys, WatchPeppers, PurgeCases],
    ...[LogKey, SequenceLeaves, RewardSteps, RewardLapse],
  ],
})
export class ReportingModule {}
