import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { RetaliationMovedV1 } from '@aiqyn/contracts';
import { type Caller, Can, change, Clock, Commands, From, load, NotFound } from '@aiqyn/platform';
import { CaseKeys } from '../case-keys/case-keys.js';
import { CASES } from '../cases/case.schema.js';
import { loadCase } from '../cases/case-access.js';
import type { Sealed } from '../sealing/sealing.js';
import { type Complaint, COMPLAINTS } from './complaint.schema.js';
import { type ComplaintState, moveComplaint, retaliationOpen } from './complaint-states.rules.js';
import { DoNotUphold, Protect } from './protect.dto.js';

interface MovedComplaint {
  readonly complaintId: string;
  readonly state: ComplaintState;
  readonly version: number;
}

type ShownComplaint = Omit<Complaint, 'events' | 'account'> & { readonly account?: Sealed };

/** What the office does about retaliation. Who does not know of the case does not know of its complaints. */
@Controller('v1/cases')
export class ProtectReporterController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly keys: CaseKeys,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** All complaints of a case, sealed; each look is audited. */
  @Get(':id/retaliation-complaints')
  @Can('retaliation:handle')
  list(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<{ items: ShownComplaint[] }> {
    return this.commands.run(caller, async (tx) => {
      const file = await loadCase(tx, this.connection, id, caller);
      tx.audit({ actor: caller.id, action: 'retaliation:read', resource: id, outcome: 'done' });
      const rows = this.connection.db!.collection<Complaint>(COMPLAINTS);
      const found = await rows
        .find({ caseId: { $eq: id } }, { session: tx.session, projection: { events: 0 } })
        .sort({ _id: 1 })
        .toArray();
      if (!found.some((c) => c.account)) return { items: found as ShownComplaint[] };
      const key = await this.keys.of(file);
      const items = found.map(({ account, ...c }) => ({
        ...c,
        ...(account ? { account: key.unlock(`retaliation/${c._id}`, account) } : {}),
      }));
      return { items };
    });
  }

  @Post(':id/retaliation-complaints/:complaintId/assessment')
  @HttpCode(200)
  @Can('retaliation:handle')
  assess(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('complaintId', ParseUUIDPipe) complaintId: string,
    @From() caller: Caller,
  ): Promise<MovedComplaint> {
    return this.move(id, complaintId, 'assessed', caller);
  }

  @Post(':id/retaliation-complaints/:complaintId/protection')
  @HttpCode(200)
  @Can('retaliation:handle')
  protect(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('complaintId', ParseUUIDPipe) complaintId: string,
    @Body() { measure }: Protect,
    @From() caller: Caller,
  ): Promise<MovedComplaint> {
    return this.move(id, complaintId, 'protected', caller, measure);
  }

  @Post(':id/retaliation-complaints/:complaintId/refusal')
  @HttpCode(200)
  @Can('retaliation:handle')
  doNotUphold(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('complaintId', ParseUUIDPipe) complaintId: string,
    @Body() { reason }: DoNotUphold,
    @From() caller: Caller,
  ): Promise<MovedComplaint> {
    return this.move(id, complaintId, 'not-upheld', caller, reason);
  }

  @Post(':id/retaliation-complaints/:complaintId/monitoring')
  @HttpCode(200)
  @Can('retaliation:handle')
  monitor(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('complaintId', ParseUUIDPipe) complaintId: string,
    @From() caller: Caller,
  ): Promise<MovedComplaint> {
    return this.move(id, complaintId, 'monitored', caller);
  }

  @Post(':id/retaliation-complaints/:complaintId/closure')
  @HttpCode(200)
  @Can('retaliation:handle')
  close(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('complaintId', ParseUUIDPipe) complaintId: string,
    @From() caller: Caller,
  ): Promise<MovedComplaint> {
    return this.move(id, complaintId, 'closed', caller);
  }

  private move(
    caseId: string,
    complaintId: string,
    to: ComplaintState,
    caller: Caller,
    reason?: string,
  ): Promise<MovedComplaint> {
    return this.commands.run(caller, async (tx) => {
      const { ifMatch, ...rest } = caller;
      const file = await loadCase(tx, this.connection, caseId, rest);
      const complaint = await load<Complaint>(tx, this.connection, COMPLAINTS, complaintId, ifMatch);
      if (complaint.caseId !== caseId) throw new NotFound();
      const state = moveComplaint(complaint.state, to);
      const why = reason ? { reason } : {};
      const day = this.clock.today();
      const moved = { complaintId, caseId, day, from: complaint.state, to: state, ...why };
      const event = Object.assign(new RetaliationMovedV1(), moved);
      const version = change(tx, COMPLAINTS, complaint, { state, ...why }, event);
      const others = await this.connection
        .db!.collection<Complaint>(COMPLAINTS)
        .find({ caseId: { $eq: caseId }, _id: { $ne: complaintId } }, { session: tx.session })
        .toArray();
      const open = retaliationOpen([state, ...others.map((c) => c.state)]);
      if (open !== file.retaliationOpen) change(tx, CASES, file, { retaliationOpen: open });
      tx.audit({ actor: caller.id, action: caller.permission!, resource: complaintId, outcome: 'done', reason: to });
      return { complaintId, state, version };
    });
  }
}
