import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, change, Commands, From } from '@aiqyn/platform';
import { type Case, CASES } from '../cases/case.schema.js';
import { loadCase } from '../cases/case-access.js';
import { AssignCase, NameInReport, Recuse } from './assign-case.dto.js';

const without = (list: readonly string[] | null | undefined, one: string): string[] | null => {
  const left = (list ?? []).filter((s) => s !== one);
  return left.length > 0 ? left : null;
};
const shut = (file: Case, subject: string): Partial<Case> => ({
  excluded: [...new Set([...(file.excluded ?? []), subject])],
  assignees: without(file.assignees, subject),
});

/** Who handles a case, and who must not know of it. The dialogue and the file stay when persons change. */
@Controller('v1/cases')
export class AssignCaseController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
  ) {}

  /** From now on only these of the handling roles see it; a transfer is the same with other persons. */
  @Post(':id/assignment')
  @HttpCode(200)
  @Can('case:assign')
  assign(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { assignees }: AssignCase,
    @From() caller: Caller,
  ): Promise<{ caseId: string; assignees: string[]; version: number }> {
    return this.commands.run(caller, async (tx) => {
      const file = await loadCase(tx, this.connection, id, caller);
      // Not which of them: the answer would tell who is named in the report.
      if (assignees.some((a) => file.excluded?.includes(a)))
        throw new RuleError('not_assignable', 'one of them cannot handle this case', { field: 'assignees' });
      const version = change(tx, CASES, file, { assignees });
      tx.audit({ actor: caller.id, action: 'case:assign', resource: id, outcome: 'done' });
      return { caseId: id, assignees, version };
    });
  }

  /** A person steps back: from the next request on there is no such case for them. */
  @Post(':id/recusal')
  @HttpCode(200)
  @Can('case:recuse')
  recuse(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: Recuse,
    @From() caller: Caller,
  ): Promise<{ caseId: string }> {
    return this.commands.run(caller, async (tx) => {
      const file = await loadCase(tx, this.connection, id, caller);
      change(tx, CASES, file, { ...shut(file, caller.id) });
      tx.audit({ actor: caller.id, action: 'case:recuse', resource: id, outcome: 'done', reason });
      return { caseId: id };
    });
  }

  /** Whoever opens the narrative and finds a colleague named in it shuts the case to them, before anything else. */
  @Post(':id/named-persons')
  @HttpCode(200)
  @Can('case:name')
  name(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { subject }: NameInReport,
    @From() caller: Caller,
  ): Promise<{ caseId: string; version: number }> {
    return this.commands.run(caller, async (tx) => {
      const file = await loadCase(tx, this.connection, id, caller);
      const version = change(tx, CASES, file, { ...shut(file, subject) });
      tx.audit({ actor: caller.id, action: 'case:name', resource: id, outcome: 'done' });
      return { caseId: id, version };
    });
  }
}
