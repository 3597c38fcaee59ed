import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import {
  NationalReportApprovedV1,
  NationalReportConsultedV1,
  NationalReportCorrectedV1,
  NationalReportPublishedV1,
  NationalReportSubmittedV1,
  RuleError,
} from '@aiqyn/contracts';
import { type Caller, Can, change, From } from '@aiqyn/platform';
import { NATIONAL_REPORTS } from '../editions/national-report.schema.js';
import { assertCompiled, assertMayBePublic, move } from '../editions/release-order.rules.js';
import { Grounded, ReportPath } from '../editions/report-path.dto.js';
import { ReportSteps } from '../editions/report-steps.js';
import { ReportResponses } from '../tell-responses/report-responses.js';
import { Approved, HeardPublic, SubmissionReceipt } from './release-report.dto.js';

/** From the hearing of the public to the print: in this order, and from the approval on each by another person. */
@Controller('v1/national-reports')
export class ReleaseReportController {
  constructor(
    private readonly steps: ReportSteps,
    private readonly responses: ReportResponses,
  ) {}

  @Post(':id/hearing')
  @HttpCode(200)
  @Can('national-report:compile')
  consulted(
    @Param() { id }: ReportPath,
    @Body() { consultationId, ground }: HeardPublic,
    @From() caller: Caller,
  ): Promise<object> {
    return this.steps.take(caller, id, 'consulted', {
      ground,
      event: NationalReportConsultedV1,
      check: async (report, tx) => {
        assertCompiled(report.build);
        await this.responses.assertHeard(report, consultationId, ground, tx);
        return consultationId === undefined ? {} : { consultationId };
      },
    });
  }

  @Post(':id/approval')
  @HttpCode(200)
  @Can('national-report:approve')
  approve(@Param() { id }: ReportPath, @Body() { ground }: Approved, @From() caller: Caller): Promise<object> {
    return this.steps.take(caller, id, 'approved', {
      ground,
      event: NationalReportApprovedV1,
      check: ({ build }) => {
        assertCompiled(build);
        return {};
      },
    });
  }

  @Post(':id/submission')
  @HttpCode(200)
  @Can('national-report:submit')
  submit(@Param() { id }: ReportPath, @Body() { ground }: Grounded, @From() caller: Caller): Promise<object> {
    return this.steps.take(caller, id, 'submitted', { ground, event: NationalReportSubmittedV1 });
  }

  /** Records that the submission arrived; without it nothing is published. */
  @Post(':id/submission-receipt')
  @HttpCode(200)
  @Can('national-report:submit')
  receipt(
    @Param() { id }: ReportPath,
    @Body() { receiptNumber }: SubmissionReceipt,
    @From() caller: Caller,
  ): Promise<object> {
    return this.steps.commands.run(caller, async (tx) => {
      const report = await this.steps.load(tx, id, caller.ifMatch);
      if (report.state !== 'submitted')
        throw new RuleError('illegal_transition', 'a receipt is recorded of a submitted report', { allowed: [] });
      if (report.receiptNumber !== undefined) throw new RuleError('already_done', 'the receipt is recorded already');
      const version = change(tx, NATIONAL_REPORTS, report, { receiptNumber });
      tx.audit({ actor: caller.id, action: 'national-report:receipt', resource: id, outcome: 'done' });
      return { nationalReportId: id, state: report.state, version };
    });
  }

  /** Publishes; the edition that it corrects stays reachable and says by which one it was corrected. */
  @Post(':id/publication')
  @HttpCode(200)
  @Can('national-report:publish')
  publish(@Param() { id }: ReportPath, @Body() { ground }: Grounded, @From() caller: Caller): Promise<object> {
    return this.steps.take(caller, id, 'published', {
      ground,
      event: NationalReportPublishedV1,
      check: async ({ receiptNumber, build, corrects, edition }, tx) => {
        const { manifestSha256, checks = {}, files = [] } = build ?? {};
        const signed = files.some(({ path }) => path === 'manifest.jws');
        assertMayBePublic({
          ...(receiptNumber === undefined ? {} : { receiptNumber }),
          ...(manifestSha256 === undefined ? {} : { manifestSha256 }),
          ...{ signed, checks },
        });
        if (corrects === undefined) return {};
        const before = await this.steps.load(tx, corrects);
        const day = this.steps.clock.today();
        const event = Object.assign(new NationalReportCorrectedV1(), {
          ...this.steps.facts(before, day),
          correctedBy: edition,
        });
        const history = [...before.history, { step: 'corrected', actor: caller.id, day }];
        change(tx, NATIONAL_REPORTS, before, { state: move(before.state, 'corrected'), history }, event);
        return {};
      },
    });
  }
}
