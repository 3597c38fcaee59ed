import { randomUUID } from 'node:crypto';
import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { NationalReportDraftedV1, RuleError } from '@aiqyn/contracts';
import { Answers, type Caller, Can, change, create, From, NotFound } from '@aiqyn/platform';
import { assertIdle } from '../build-report/job.rules.js';
import { metricIn } from '../../numbers/define-metrics/metric-register.rules.js';
import { registerOf } from '../../numbers/define-metrics/registers.js';
import {
  NATIONAL_REPORTS,
  type NationalReport,
  REPORT_NUMBERS,
  type StoredNumber,
} from '../editions/national-report.schema.js';
import { isWritable, move } from '../editions/release-order.rules.js';
import { ReportSteps } from '../editions/report-steps.js';
import { ReportTerms } from '../keep-terms/report-terms.js';
import { planOf } from '../write-sections/section-plans.js';
import { assertText } from '../write-sections/text.rules.js';
import { DraftedReport } from './draft-report.answer.js';
import { BlockPath, DraftReport, WriteText } from './draft-report.dto.js';
import { nextEdition } from './draft.rules.js';

/** Begins an edition, or the correction of a published one, and writes its texts. */
@Controller('v1/national-reports')
export class DraftReportController {
  constructor(
    private readonly steps: ReportSteps,
    private readonly terms: ReportTerms,
  ) {}

  @Post()
  @Can('national-report:compile')
  @Answers(DraftedReport)
  draft(@Body() { year, corrects, ground }: DraftReport, @From() caller: Caller): Promise<DraftedReport> {
    const id = randomUUID();
    const day = this.steps.clock.today();
    return this.steps.commands.run(caller, async (tx) => {
      const editions = await this.steps.connection
        .db!.collection<NationalReport>(NATIONAL_REPORTS)
        .find({ year }, { session: tx.session })
        .toArray();
      const edition = nextEdition(editions, corrects);
      if (corrects !== undefined && ground === undefined)
        throw new RuleError('no_ground', 'a correction says what was wrong', { field: 'ground' });
      const event = Object.assign(new NationalReportDraftedV1(), { nationalReportId: id, year, edition, day });
      const history = [{ step: 'draft', actor: caller.id, day, ...(ground === undefined ? {} : { ground }) }];
      const row = {
        _id: id,
        year,
        edition,
        state: 'draft',
        history,
        texts: {},
        ...this.terms.begin(tx, id, year, corrects),
        ...(corrects === undefined ? {} : { corrects }),
      };
      create(tx, NATIONAL_REPORTS, row, event);
      tx.audit({ actor: caller.id, action: 'national-report:draft', resource: id, outcome: 'done' });
      return { nationalReportId: id, year, edition, state: 'draft', version: 1 };
    });
  }

  /** Writes a text in place of the planned one; a typed number is refused with its place (R1). */
  @Put(':id/texts/:block')
  @HttpCode(200)
  @Can('national-report:compile')
  write(@Param() { id, block }: BlockPath, @Body() { kk, ru, en }: WriteText, @From() caller: Caller): Promise<object> {
    return this.steps.commands.run(caller, async (tx) => {
      const report = await this.steps.load(tx, id, caller.ifMatch);
      if (!isWritable(report.state)) move(report.state, 'compiled');
      assertIdle(report.job);
      const planned = planOf(report.year)
        .sections.flatMap(({ blocks }) => blocks)
        .find((one) => one.id === block);
      if (planned?.kind !== 'text') throw new NotFound();
      const text = { kk, ru, en };
      assertText(text, await this.known(report));
      // A dot in a field name would be a path to the store.
      const texts = { ...report.texts, [block.replaceAll('.', '/')]: text };
      const writers = [...new Set([...(report.writers ?? []), caller.id])];
      // What was built has other words than these: nobody hears, approves or prints it any more.
      const version = change(tx, NATIONAL_REPORTS, report, { texts, writers, build: undefined });
      tx.audit({ actor: caller.id, action: 'national-report:write', resource: id, outcome: 'done' });
      return { nationalReportId: id, block, version };
    });
  }

  /** Before the seal a text may name what the register has; after it what the edition has. */
  private async known({ _id, year, snapshot }: NationalReport): Promise<(id: string) => boolean> {
    const metrics = registerOf(year).metrics.map((metric) => metric.id);
    if (snapshot?.root === undefined) return (id) => metricIn(metrics, id) !== undefined;
    const rows = await this.steps.connection
      .db!.collection<StoredNumber>(REPORT_NUMBERS)
      .find({ reportId: _id }, { projection: { 'number.id': 1 } })
      .toArray();
    const ids = new Set(rows.map(({ number }) => number.id));
    return (id) => ids.has(id);
  }
}
