import type { ServiceDefinition } from '@aiqyn/platform';
import { ReportingConfig } from './config.js';
import { ReportingModule } from './reporting.module.js';
import { DecideAppeal } from './approve-reward/approve-reward.dto.js';
import { CalculateReward, DecideEligibility } from './calculate-reward/calculate-reward.dto.js';
import { ClaimReward, WhosePart } from './claim-reward/claim-reward.dto.js';
import { DecideCase, EndInquiry } from './decide-case/decide-case.dto.js';
import { ReverseReward } from './pay-reward/pay-reward.dto.js';
import { ReceiptQuestion } from './track-report/track-report.dto.js';
import { SubmitReport } from './submit-report/submit-report.dto.js';
import { RejectReport } from './triage-report/triage-report.dto.js';

/** What `runService` needs to know of this service. */
export const reporting: ServiceDefinition<ReportingConfig> = {
  name: 'reporting',
  module: ReportingModule,
  config: ReportingConfig,
  dtos: [
    ...[SubmitReport, ReceiptQuestion, RejectReport, EndInquiry, DecideCase],
    ...[DecideEligibility, CalculateReward, DecideAppeal, ClaimReward, WhosePart, ReverseReward],
  ],
};
