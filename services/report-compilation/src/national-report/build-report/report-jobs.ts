import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { NationalReportAssessedV1, NationalReportCompiledV1 } from '@aiqyn/contracts';
import { change, Clock, CONFIG, LOGGER, type Logger, load, Timers, Transactions, type Tx } from '@aiqyn/platform';
import type { ReportCompilationConfig } from '../../config.js';
import { NATIONAL_REPORTS, type NationalReport } from '../editions/national-report.schema.js';
import { move } from '../editions/release-order.rules.js';
import { ATTEMPTS, isPending, newJob, type StoredJob } from './job.rules.js';
import type { BuildResult, JobMessage, JobOrder, SealResult } from './job-messages.js';

const TIMER = 'report-job';
/** A worker that says nothing for so long, in milliseconds, hangs: it is ended, and the work begins again. */
const QUIET = 10 * 60_000;

/** Seals and builds in a worker thread, one at a time; what a crash cut off begins again, and ends once. */
@Injectable()
export class ReportJobs implements OnModuleInit, OnApplicationShutdown {
  private running: { readonly job: string; readonly worker: Worker } | undefined;
  private closing = false;

  constructor(
    @InjectConnection() private readonly connection: Connection,
    @Inject(CONFIG) private readonly config: ReportCompilationConfig,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly transactions: Transactions,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.timers.on(TIMER, async ({ reportId, jobId }, { tx }) => {
      const report = await load<NationalReport>(tx, this.connection, NATIONAL_REPORTS, reportId as string);
      if (!isPending(report.job) || report.job.id !== jobId) return;
      // Looked at again in each round of the lease holder, also while a test or the demo holds the clock still: after a crash
      // another process takes the work up, and what waits for another report begins when that one is done.
      tx.schedule(TIMER, report.job.id, this.clock.now(), { reportId, jobId });
      this.start(report, report.job);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.running?.worker.terminate();
  }

  /** Gives a report work; the caller changes the row with what it returns. */
  begin(tx: Tx, report: NationalReport, id: string, kind: StoredJob['kind'], actor: string): StoredJob {
    const job = newJob(report.job, id, kind, actor);
    // A timer of its own: the last look at an earlier job of the report, which ends its timer, must not end this one.
    tx.schedule(TIMER, id, this.clock.now(), { reportId: report._id, jobId: id });
    return job;
  }

  private start({ _id: reportId }: NationalReport, job: StoredJob): void {
    // A queue of one: two builds side by side would take twice the memory and end no earlier.
    if (this.running || this.closing) return;
    const order: JobOrder = {
      ...{ uri: this.config.MONGODB_URI, database: this.connection.db!.databaseName },
      ...{ reportId, job: { id: job.id, kind: job.kind }, signingKey: this.config.REPORT_SIGNING_KEY },
      ...this.seal(),
    };
    const worker = new Worker(new URL('./report.worker.js', import.meta.url), { workerData: order });
    this.running = { job: job.id, worker };
    let over: Promise<void> = Promise.resolve();
    let ended = false;
    let silence = setTimeout(() => void worker.terminate(), QUIET).unref();
    worker.on('message', (message: JobMessage) => {
      clearTimeout(silence);
      silence = setTimeout(() => void worker.terminate(), QUIET).unref();
      if (message.type !== 'progress') ended = true;
      over = over.then(() => this.take(reportId, job.id, message)).catch((error: Error) => this.failedToStore(error));
    });
    worker.on('error', (error: Error) =>
      this.logger.error({ reason: error.message, stack: error.stack }, 'report worker died'),
    );
    worker.on('exit', () => {
      clearTimeout(silence);
      void over
        .then(() => (ended || this.closing ? undefined : this.died(reportId, job.id)))
        .catch((error: Error) => this.failedToStore(error))
        .finally(() => (this.running = undefined));
    });
  }

  private seal(): Pick<JobOrder, 'seal' | 'timeStampUrl'> {
    const { SEAL_CERTIFICATE_FILE, SEAL_KEY_FILE, TIME_STAMP_URL } = this.config;
    const sealed =
      SEAL_CERTIFICATE_FILE === undefined || SEAL_KEY_FILE === undefined
        ? {}
        : {
            // The real time also where the clock of a demo says another: certificates are valid in real time.
            seal: {
              certificate: readFileSync(SEAL_CERTIFICATE_FILE, 'utf8'),
              key: readFileSync(SEAL_KEY_FILE, 'utf8'),
              time: new Date().toISOString(),
            },
          };
    return { ...sealed, ...(TIME_STAMP_URL === undefined ? {} : { timeStampUrl: TIME_STAMP_URL }) };
  }

  private reports() {
    return this.connection.db!.collection<NationalReport>(NATIONAL_REPORTS);
  }

  private failedToStore(error: Error): void {
    this.logger.warn({ reason: error.message }, 'report job: will be done again');
  }

  private async died(reportId: string, jobId: string): Promise<void> {
    const report = await this.reports().findOneAndUpdate(
      { _id: reportId, 'job.id': jobId },
      { $inc: { 'job.deaths': 1 } },
      { returnDocument: 'after' },
    );
    if ((report?.job?.deaths ?? 0) >= ATTEMPTS)
      await this.take(reportId, jobId, { type: 'failed', code: 'worker_died', message: 'the work could not be done' });
  }

  private async take(reportId: string, jobId: string, message: JobMessage): Promise<void> {
    if (message.type === 'progress') {
      const { doing, done, of } = message;
      await this.reports().updateOne(
        { _id: reportId, 'job.id': jobId },
        { $set: { 'job.doing': doing, 'job.done': done, 'job.of': of } },
      );
      return;
    }
    await this.transactions.run(async (tx) => {
      const report = await load<NationalReport>(tx, this.connection, NATIONAL_REPORTS, reportId);
      // Another replica was first, or the command was given anew.
      if (!isPending(report.job) || report.job.id !== jobId) return;
      const { actor } = report.job;
      if (message.type === 'failed') {
        const { code, field } = message;
        const job: StoredJob = { ...report.job, failed: code, ...(field === undefined ? {} : { field }) };
        change(tx, NATIONAL_REPORTS, report, { job });
        tx.audit({
          actor,
          action: `national-report:${report.job.kind}`,
          resource: reportId,
          outcome: 'refused',
          reason: code,
        });
        return;
      }
      this.finish(tx, report, report.job, message.result);
    });
  }

  private finish(tx: Tx, report: NationalReport, job: StoredJob, result: SealResult | BuildResult): void {
    const { _id, year, edition } = report;
    const day = this.clock.today();
    const step = result.kind === 'seal' ? 'assessed' : 'compiled';
    const state = move(report.state, step);
    const history = [...report.history, { step, actor: job.actor, day } as const];
    const common = { nationalReportId: _id, year, edition, day };
    if (result.kind === 'seal') {
      const { events, root, partitions, withheld } = result;
      const snapshot = { ...report.snapshot!, events, root, partitions, withheld };
      const event = Object.assign(new NationalReportAssessedV1(), {
        ...common,
        snapshotId: snapshot.id,
        snapshotRoot: root,
        events,
      });
      change(tx, NATIONAL_REPORTS, report, { state, history, snapshot, job: undefined }, event);
    } else {
      const event = Object.assign(new NationalReportCompiledV1(), common);
      change(tx, NATIONAL_REPORTS, report, { state, history, build: result.build, job: undefined }, event);
    }
    tx.audit({ actor: job.actor, action: `national-report:${step}`, resource: _id, outcome: 'done' });
  }
}
