import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { type Caller, Can, change, From } from '@aiqyn/platform';
import { CaseMoves, type MovedCase, outcomeBy, toldOfOutcome } from '../cases/case-moves.js';
import { CASES } from '../cases/case.schema.js';
import { loadCase } from '../cases/case-access.js';
import { assertCanLead } from '../cases/case-states.rules.js';
import { MergeCase, RejectReport } from './triage-report.dto.js';

/** Triage: what an office does with an acknowledged report. */
@Controller('v1/cases')
export class TriageReportController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly moves: CaseMoves,
  ) {}

  @Post(':id/triage')
  @HttpCode(200)
  @Can('report:triage')
  begin(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<MovedCase> {
    return this.moves.move(id, 'in-triage', caller);
  }

  @Post(':id/rejection')
  @HttpCode(200)
  @Can('report:triage')
  reject(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: RejectReport,
    @From() caller: Caller,
  ): Promise<MovedCase> {
    return this.moves.move(id, 'rejected', caller, (file, day) => ({
      set: { rejectionReason: body.reason, ...outcomeBy(caller.id), ...toldOfOutcome(file, body.feedback, day) },
      reason: body.reason,
    }));
  }

  /**
   * Merges a report into the case that is about the same: it keeps its receipt, which then tells the state of the lead
   * case. What was merged into it before comes along.
   */
  @Post(':id/merger')
  @HttpCode(200)
  @Can('case:merge')
  merge(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { into }: MergeCase,
    @From() caller: Caller,
  ): Promise<MovedCase> {
    return this.moves.move(id, 'merged', caller, async (file, _day, tx) => {
      const lead = await loadCase(tx, this.connection, into, { ...caller, ifMatch: undefined });
      assertCanLead(lead, id);
      // A finding that joins a case brings no reporting person.
      const arrived = file.finding ? [] : [{ caseId: id, receivedDay: file.receivedDay }];
      const mergedFrom = [...(lead.mergedFrom ?? []), ...(file.mergedFrom ?? []), ...arrived];
      change(tx, CASES, lead, { mergedFrom: mergedFrom.sort((a, b) => a.receivedDay.localeCompare(b.receivedDay)) });
      tx.audit({ actor: caller.id, action: 'case:merge', resource: into, outcome: 'done', reason: 'lead' });
      return { set: { mergedInto: into, watch: null, overdue: null } };
    });
  }
}
