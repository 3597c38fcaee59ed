import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import { type Connection, type Model } from 'mongoose';
import { CaseOpenedV1 } from '@aiqyn/contracts';
import {
  type Caller,
  Can,
  change,
  Clock,
  Commands,
  create,
  From,
  load,
  type Page,
  pageById,
  PageQuery,
} from '@aiqyn/platform';
import { CASES } from '../cases/case.schema.js';
import { move } from '../cases/report-states.rules.js';
import { Report, REPORTS } from '../reports/report.schema.js';
import { RejectReport } from './triage-report.dto.js';

/** Triage: what an office does with an acknowledged report. */
@Controller('v1/reports')
export class TriageReportController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(Report.name) private readonly reports: Model<Report>,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** Structured facts only; sealed content is opened on an office's own machine. */
  @Get()
  @Can('report:read')
  list(@Query() query: PageQuery): Promise<Page<object>> {
    return pageById(this.reports, query, { hide: ['events', 'narrative', 'contact', 'receiptVerifier'] });
  }

  @Post(':id/triage')
  @HttpCode(200)
  @Can('report:triage')
  begin(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const report = await load<Report>(tx, this.connection, REPORTS, id, caller.ifMatch);
      const state = move(report.state, 'in-triage');
      const version = change(tx, REPORTS, report, { state });
      tx.audit({ actor: caller.id, action: 'report:triage', resource: id, outcome: 'done' });
      return { reportId: id, state, version };
    });
  }

  @Post(':id/rejection')
  @HttpCode(200)
  @Can('report:triage')
  reject(@Param('id', ParseUUIDPipe) id: string, @Body() body: RejectReport, @From() caller: Caller): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const report = await load<Report>(tx, this.connection, REPORTS, id, caller.ifMatch);
      const state = move(report.state, 'rejected');
      const version = change(tx, REPORTS, report, { state, rejectionReason: body.reason });
      tx.audit({ actor: caller.id, action: 'report:reject', resource: id, outcome: 'done', reason: body.reason });
      return { reportId: id, state, version };
    });
  }

  /** Opens the case of a report in triage. */
  @Post(':id/case')
  @Can('case:open')
  openCase(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    const caseId = randomUUID();
    return this.commands.run(caller, async (tx) => {
      const report = await load<Report>(tx, this.connection, REPORTS, id, caller.ifMatch);
      const state = move(report.state, 'under-investigation');
      const day = this.clock.today();
      const { category, areaCode, region } = report;
      change(tx, REPORTS, report, { state, caseId });
      create(
        tx,
        CASES,
        { _id: caseId, state, reportId: id, openedDay: day, category, areaCode, region },
        Object.assign(new CaseOpenedV1(), { caseId, reportId: id, day, category, areaCode, region }),
      );
      tx.audit({ actor: caller.id, action: 'case:open', resource: caseId, outcome: 'done' });
      return { caseId, reportId: id, state, version: 1 };
    });
  }
}
