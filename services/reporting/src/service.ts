import type { ServiceDefinition } from '@aiqyn/platform';
import { ReportingConfig } from './config.js';
import { ReportingModule } from './reporting.module.js';
import { AssignCase, NameInReport, Recuse } from './assign-case/assign-case.dto.js';
import { HearAppeal, LodgeAppeal } from './appeal-outcome/appeal.dto.js';
import { BeginAttachment, CompleteAttachment } from './attach-file/attach-file.dto.js';
import { ChangeMode } from './change-mode/change-mode.controller.js';
import { RETIRED_INDEXES } from './cases/case.schema.js';
import { CloseCase, ReferCase, ReopenCase } from './close-case/close-case.dto.js';
import { DecideCase } from './decide-case/decide-case.dto.js';
import { EndInquiry, ResumeCase, SuspendCase } from './investigate-case/investigate-case.dto.js';
import { SEALED_CHUNK } from './sealing/padding.rules.js';
import { OfficeMessage, ReplyKey, ReporterMessage } from './talk-to-reporter/talk.dto.js';
import { DoNotUphold, LodgeComplaint, Protect } from './protect-reporter/protect.dto.js';
import { ApproveIdentity, AskForIdentity } from './see-identity/see-identity.dto.js';
import { DecideAppeal } from './approve-reward/approve-reward.dto.js';
import { CalculateReward, DecideEligibility } from './calculate-reward/calculate-reward.dto.js';
import { ClaimReward, WhosePart } from './claim-reward/claim-reward.dto.js';
import { ReverseReward } from './pay-reward/pay-reward.dto.js';
import { HoldCase, ReleaseCase } from './purge-cases/legal-hold.controller.js';
import { ReceiptQuestion } from './track-report/track-report.dto.js';
import { SubmitReport } from './submit-report/submit-report.dto.js';
import { MergeCase, RejectReport } from './triage-report/triage-report.dto.js';
import { WithdrawReport } from './withdraw-report/withdraw-report.controller.js';
import { ExtendDeadline } from './watch-deadlines/extend-deadline.controller.js';

/** What `runService` needs to know of this service. */
export const reporting: ServiceDefinition<ReportingConfig> = {
  name: 'reporting',
  module: ReportingModule,
  config: ReportingConfig,
  retiredIndexes: RETIRED_INDEXES,
  byteBodies: { '/v1/reports/attachments/:id/chunks/:no': SEALED_CHUNK },
  dtos: [
    ...[AssignCase, Recuse, NameInReport, AskForIdentity, ApproveIdentity],
    ...[LodgeAppeal, HearAppeal, WithdrawReport, HoldCase, ReleaseCase],
    ...[LodgeComplaint, Protect, DoNotUphold],
    ...[ReplyKey, ReporterMessage, OfficeMessage, ChangeMode],
    ...[BeginAttachment, CompleteAttachment],
    ...[SubmitReport, ReceiptQuestion, RejectReport, MergeCase],
    ...[EndInquiry, SuspendCase, ResumeCase, DecideCase, ReferCase, CloseCase, ReopenCase, ExtendDeadline],
    ...[DecideEligibility, CalculateReward, DecideAppeal, ClaimReward, WhosePart, ReverseReward],
  ],
};
