import { randomBytes, randomUUID } from 'node:crypto';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Answers, type Caller, Can, change, From, NotFound } from '@aiqyn/platform';
import { registerOf } from '../../numbers/define-metrics/registers.js';
import { NATIONAL_REPORTS, NationalReport, type StoredSnapshot } from '../editions/national-report.schema.js';
import { move } from '../editions/release-order.rules.js';
import { ReportPath } from '../editions/report-path.dto.js';
import { ReportSteps } from '../editions/report-steps.js';
import { ReportTerms } from '../keep-terms/report-terms.js';
import { ReportResponses } from '../tell-responses/report-responses.js';
import { Progress } from './progress.answer.js';
import { isPending } from './job.rules.js';
import { LogTakenIn } from './log-taken-in.js';
import { ReportJobs } from './report-jobs.js';

/** Seals the input of an edition and builds its package, beside everything else that the service does. */
@Controller('v1/national-reports')
export class BuildReportController {
  constructor(
    private readonly steps: ReportSteps,
    private readonly jobs: ReportJobs,
    private readonly log: LogTakenIn,
    private readonly terms: ReportTerms,
    private readonly responses: ReportResponses,
    @InjectModel(NationalReport.name) private readonly reports: Model<NationalReport>,
  ) {}

  /** Seals once what the log holds now; what comes later goes to the next edition or to a correction. */
  @Post(':id/assessment')
  @HttpCode(202)
  @Can('national-report:compile')
  async assess(@Param() { id }: ReportPath, @From() caller: Caller): Promise<object> {
    const [snapshotId, jobId, secret] = [randomUUID(), randomUUID(), randomBytes(32).toString('hex')];
    const ends = await this.log.ends();
    return this.steps.commands.run(caller, async (tx) => {
      const report = await this.steps.load(tx, id, caller.ifMatch);
      move(report.state, 'assessed');
      const job = this.jobs.begin(tx, report, jobId, 'seal', caller.id);
      const sealedDay = this.steps.clock.today();
      const register = registerOf(report.year).id;
      // A seal that failed is taken anew; one that holds is never touched.
      const snapshot: StoredSnapshot = { id: snapshotId, sealedDay, ends, secret, register };
      const version = change(tx, NATIONAL_REPORTS, report, { job, snapshot });
      tx.audit({ actor: caller.id, action: 'national-report:seal', resource: id, outcome: 'done' });
      return { nationalReportId: id, state: report.state, job: job.kind, version };
    });
  }

  /** Builds pages, tables and the signed manifest; given again after the consultation, with what the answers changed. */
  @Post(':id/compilation')
  @HttpCode(202)
  @Can('national-report:compile')
  async compile(@Param() { id }: ReportPath, @From() caller: Caller): Promise<object> {
    const jobId = randomUUID();
    const responses = await this.responses.read(id);
    return this.steps.commands.run(caller, async (tx) => {
      const report = await this.steps.load(tx, id, caller.ifMatch);
      move(report.state, 'compiled');
      const job = this.jobs.begin(tx, report, jobId, 'build', caller.id);
      this.responses.keep(tx, id, responses);
      const version = change(tx, NATIONAL_REPORTS, report, { job });
      tx.audit({ actor: caller.id, action: 'national-report:build', resource: id, outcome: 'done' });
      return { nationalReportId: id, state: report.state, job: job.kind, version };
    });
  }

  /** What is being done, how far it is, and why it failed if it did. */
  @Get(':id/progress')
  @Can('national-report:read-draft')
  @Answers(Progress)
  async progress(@Param() { id }: ReportPath): Promise<Progress> {
    const report = await this.reports.findOne({ _id: { $eq: id } }, { texts: 0, 'snapshot.partitions': 0 }).lean();
    if (!report) throw new NotFound();
    const { state, version, job, snapshot, build } = report;
    const work = job ? { kind: job.kind, doing: job.doing, done: job.done, of: job.of } : undefined;
    return {
      ...{ nationalReportId: id, state, version, working: isPending(job) },
      ...this.terms.of(report),
      ...(work ? { job: { ...work, ...(job!.failed ? { failed: job!.failed, field: job!.field } : {}) } } : {}),
      ...(snapshot?.root
        ? { snapshot: { id: snapshot.id, events: snapshot.events, withheld: snapshot.withheld } }
        : {}),
      ...(build ? { build: { id: build.id, manifestSha256: build.manifestSha256, checks: build.checks } } : {}),
    };
  }
}
