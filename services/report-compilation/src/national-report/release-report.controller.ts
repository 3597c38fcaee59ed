import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { NationalReportApprovedV1, NationalReportPublishedV1, NationalReportSubmittedV1 } from '@aiqyn/contracts';
import { type Caller, Can, change, Clock, Commands, From, load } from '@aiqyn/platform';
import { ReportPath } from './compile-report.dto.js';
import { type NationalReport, NATIONAL_REPORTS } from './national-report.schema.js';
import { mayAct, move } from './release-order.rules.js';

const EVENTS = {
  approved: NationalReportApprovedV1,
  submitted: NationalReportSubmittedV1,
  published: NationalReportPublishedV1,
} as const;

/** Approve, submit to the President, publish: in this order, each by another person. */
@Controller('v1/national-reports')
export class ReleaseReportController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  @Post(':id/approval')
  @HttpCode(200)
  @Can('national-report:approve')
  approve(@Param() { id }: ReportPath, @From() caller: Caller): Promise<object> {
    return this.step(id, 'approved', caller);
  }

  @Post(':id/submission')
  @HttpCode(200)
  @Can('national-report:submit')
  submit(@Param() { id }: ReportPath, @From() caller: Caller): Promise<object> {
    return this.step(id, 'submitted', caller);
  }

  @Post(':id/publication')
  @HttpCode(200)
  @Can('national-report:publish')
  publish(@Param() { id }: ReportPath, @From() caller: Caller): Promise<object> {
    return this.step(id, 'published', caller);
  }

  private step(id: string, to: keyof typeof EVENTS, caller: Caller): Promise<object> {
    const day = this.clock.today();
    return this.commands.run(caller, async (tx) => {
      const report = await load<NationalReport>(tx, this.connection, NATIONAL_REPORTS, id, caller.ifMatch);
      const state = move(report.state, to);
      mayAct(report.history, caller.id, to);
      const { year, edition } = report;
      const event = Object.assign(new EVENTS[to](), { nationalReportId: id, year, edition, day });
      const history = [...report.history, { step: to, actor: caller.id, day }];
      const version = change(tx, NATIONAL_REPORTS, report, { state, history }, event);
      tx.audit({ actor: caller.id, action: `national-report:${to}`, resource: id, outcome: 'done' });
      return { nationalReportId: id, state, version };
    });
  }
}
