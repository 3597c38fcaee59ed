import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { ReportAcknowledgedV1 } from '@aiqyn/contracts';
import { type Caller, Can, change, Clock, Commands, From, load } from '@aiqyn/platform';
import { move } from '../cases/report-states.rules.js';
import { Policies } from '../policies/policies.js';
import { type Report, REPORTS } from '../reports/report.schema.js';
import { feedbackBy } from '../submit-report/deadlines.rules.js';

/** The office tells the reporting person that the report arrived; the clock of the feedback starts. */
@Controller('v1/reports')
export class AcknowledgeReportController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  @Post(':id/acknowledgement')
  @HttpCode(200)
  @Can('report:acknowledge')
  acknowledge(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const report = await load<Report>(tx, this.connection, REPORTS, id, caller.ifMatch);
      const state = move(report.state, 'acknowledged');
      const day = this.clock.today();
      const by = feedbackBy(this.policies.deadlines, day);
      const event = Object.assign(new ReportAcknowledgedV1(), { reportId: id, day });
      const version = change(tx, REPORTS, report, { state, feedbackBy: by }, event);
      tx.audit({ actor: caller.id, action: 'report:acknowledge', resource: id, outcome: 'done' });
      return { reportId: id, state, feedbackBy: by, version };
    });
  }
}
