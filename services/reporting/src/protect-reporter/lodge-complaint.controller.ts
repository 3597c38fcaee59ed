import { randomUUID } from 'node:crypto';
import { Body, Controller, Inject, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { RetaliationLodgedV1 } from '@aiqyn/contracts';
import { type Caller, change, Clock, Commands, CONFIG, create, From, load, Public } from '@aiqyn/platform';
import { CaseKeys } from '../case-keys/case-keys.js';
import { type Case, CASES } from '../cases/case.schema.js';
import type { ReportingConfig } from '../config.js';
import { ReceiptHolders } from '../receipt/receipt-holders.js';
import { seal, type Sealed } from '../sealing/sealing.js';
import { underChosenId } from '../cases/chosen-id.js';
import { COMPLAINTS } from './complaint.schema.js';
import { LodgeComplaint } from './protect.dto.js';

/** A reporting person is made to suffer for the report: they say so with their receipt, whatever became of the case. */
@Public()
@Controller('v1/reports')
export class LodgeComplaintController {
  constructor(
    @Inject(CONFIG) private readonly config: ReportingConfig,
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly holders: ReceiptHolders,
    private readonly keys: CaseKeys,
    private readonly clock: Clock,
  ) {}

  @Post('retaliation-complaints')
  async lodge(@Body() body: LodgeComplaint, @From() caller: Caller): Promise<{ complaintId: string; state: string }> {
    const { _id: caseId } = await this.holders.caseOf(body.receiptCode);
    const complaintId = body.complaintId ?? randomUUID();
    const place = { caseId, field: `retaliation/${complaintId}` };
    const account: Sealed = body.sealedAccount
      ? { ...body.sealedAccount, by: 'client' }
      : await seal(this.config.CHANNEL_PUBLIC_KEY, place, body.account!, 'service');
    const stored = this.commands.run(caller, async (tx) => {
      const file = await load<Case>(tx, this.connection, CASES, caseId);
      const day = this.clock.today();
      const { kind } = body;
      const kept = (await this.keys.of(file)).lock(place.field, account);
      const lodged = { complaintId, caseId, day, kind, areaCode: file.areaCode, region: file.region };
      create(
        tx,
        COMPLAINTS,
        { _id: complaintId, caseId, state: 'lodged', kind, lodgedDay: day, account: kept },
        Object.assign(new RetaliationLodgedV1(), lodged),
      );
      change(tx, CASES, file, { retaliationOpen: true });
      tx.audit({ actor: caller.id, action: 'retaliation:lodge', resource: complaintId, outcome: 'done' });
      return { complaintId, state: 'lodged' };
    });
    return underChosenId(COMPLAINTS, 'complaintId', stored);
  }
}
