import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ReportAcknowledgedV1 } from '@aiqyn/contracts';
import { type Caller, Can, From } from '@aiqyn/platform';
import { CaseMoves, type MovedCase } from '../cases/case-moves.js';
import { Policies } from '../policies/policies.js';
import { feedbackBy, overdueAfter, watchFeedback } from '../watch-deadlines/deadlines.rules.js';

/** The office tells the reporting person that the report arrived; the clock of the feedback starts. */
@Controller('v1/cases')
export class AcknowledgeReportController {
  constructor(
    private readonly moves: CaseMoves,
    private readonly policies: Policies,
  ) {}

  @Post(':id/acknowledgement')
  @HttpCode(200)
  @Can('report:acknowledge')
  async acknowledge(
    @Param('id', ParseUUIDPipe) id: string,
    @From() caller: Caller,
  ): Promise<MovedCase & { reportId: string; feedbackBy: string }> {
    const pack = this.policies.deadlines;
    let by = '';
    const moved = await this.moves.move(id, 'acknowledged', caller, ({ overdue }, day) => {
      by = feedbackBy(pack, day);
      return {
        set: {
          acknowledgedDay: day,
          feedbackBy: by,
          watch: watchFeedback(pack, by, day),
          overdue: overdueAfter(overdue, { kept: 'acknowledgement' }),
        },
        events: [Object.assign(new ReportAcknowledgedV1(), { reportId: id, day })],
      };
    });
    return { reportId: id, feedbackBy: by, ...moved };
  }
}
