import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { CaseOpenedV1 } from '@aiqyn/contracts';
import { Answers, type Caller, Can, change, Clock, Commands, From } from '@aiqyn/platform';
import { CaseMoves } from '../cases/case-moves.js';
import { CASES } from '../cases/case.schema.js';
import { loadCase } from '../cases/case-access.js';
import { OpenedCase } from './open-case.answer.js';
import { assertApproves, proposed } from './proposal.rules.js';

/** An investigation is opened by two persons, once somebody is assigned to it: one proposes, another approves. */
@Controller('v1/cases')
export class OpenCaseController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly moves: CaseMoves,
    private readonly clock: Clock,
  ) {}

  @Post(':id/investigation-proposal')
  @HttpCode(200)
  @Can('case:propose')
  propose(
    @Param('id', ParseUUIDPipe) id: string,
    @From() caller: Caller,
  ): Promise<{ caseId: string; proposedBy: string; version: number }> {
    return this.commands.run(caller, async (tx) => {
      const file = await loadCase(tx, this.connection, id, caller);
      const proposal = proposed(file, { by: caller.id, day: this.clock.today() });
      const version = change(tx, CASES, file, { proposal });
      tx.audit({ actor: caller.id, action: 'case:propose', resource: id, outcome: 'done' });
      return { caseId: id, proposedBy: proposal.by, version };
    });
  }

  /** The approval, which is the move: the report in triage becomes a case under investigation. */
  @Post(':id/investigation')
  @HttpCode(200)
  @Can('case:open')
  @Answers(OpenedCase)
  async openCase(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<OpenedCase> {
    const moved = await this.moves.move(id, 'under-investigation', caller, (file, day) => {
      assertApproves(file, caller.id);
      const { category, areaCode, region } = file;
      const opened = { caseId: id, reportId: id, day, category, areaCode, region };
      return { set: { openedDay: day, proposal: null }, events: [Object.assign(new CaseOpenedV1(), opened)] };
    });
    return { reportId: id, ...moved };
  }
}
