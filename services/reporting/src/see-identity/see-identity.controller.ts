import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { type Caller, Can, change, Clock, Commands, From, type Tx } from '@aiqyn/platform';
import { CaseKeys } from '../case-keys/case-keys.js';
import { type Case, CASES } from '../cases/case.schema.js';
import { loadCase } from '../cases/case-access.js';
import { Policies } from '../policies/policies.js';
import type { Sealed } from '../sealing/sealing.js';
import { approved, asked, assertMayLook, type IdentityRequest } from './identity.rules.js';
import { ApproveIdentity, AskForIdentity } from './see-identity.dto.js';

/**
 * Who reported is seen only with a reason and another person's approval, for some days, and each look is audited. What is
 * seen is sealed: it opens with the channel's key on the office's own machine.
 */
@Controller('v1/cases')
export class SeeIdentityController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly policies: Policies,
    private readonly keys: CaseKeys,
    private readonly clock: Clock,
  ) {}

  @Post(':id/identity-requests')
  @Can('identity:ask')
  ask(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: AskForIdentity,
    @From() caller: Caller,
  ): Promise<{ caseId: string; requestedBy: string }> {
    const wish = { requestedBy: caller.id, reason, day: this.clock.today() };
    return this.change(id, caller, reason, (requests) => asked(requests, wish));
  }

  @Post(':id/identity-approvals')
  @HttpCode(200)
  @Can('identity:approve')
  approve(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { requestedBy }: ApproveIdentity,
    @From() caller: Caller,
  ): Promise<{ caseId: string; requestedBy: string }> {
    const agreement = { requestedBy, by: caller.id, day: this.clock.today(), pack: this.policies.identity };
    return this.change(id, caller, requestedBy, (requests) => approved(requests, agreement));
  }

  @Get(':id/identity')
  @Can('identity:ask')
  see(
    @Param('id', ParseUUIDPipe) id: string,
    @From() caller: Caller,
  ): Promise<{ caseId: string; mode: string | null; contact: Sealed | null }> {
    return this.commands.run(caller, async (tx) => {
      const file = await loadCase(tx, this.connection, id, caller);
      const { mode, contact, identityRequests } = file;
      assertMayLook(identityRequests ?? [], caller.id, this.clock.today());
      tx.audit({ actor: caller.id, action: 'identity:see', resource: id, outcome: 'done' });
      const shown = contact ? (await this.keys.of(file)).unlock('contact', contact) : null;
      return { caseId: id, mode: mode ?? null, contact: shown };
    });
  }

  private change(
    id: string,
    caller: Caller,
    reason: string,
    decide: (requests: readonly IdentityRequest[]) => IdentityRequest[],
  ): Promise<{ caseId: string; requestedBy: string }> {
    return this.commands.run(caller, async (tx: Tx) => {
      const file: Case = await loadCase(tx, this.connection, id, caller);
      const identityRequests = decide(file.identityRequests ?? []);
      change(tx, CASES, file, { identityRequests });
      tx.audit({ actor: caller.id, action: caller.permission!, resource: id, outcome: 'done', reason });
      return { caseId: id, requestedBy: identityRequests.at(-1)!.requestedBy };
    });
  }
}
