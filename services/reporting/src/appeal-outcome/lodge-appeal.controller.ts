import { randomUUID } from 'node:crypto';
import { Body, Controller, Inject, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { AppealLodgedV1 } from '@aiqyn/contracts';
import { type Caller, change, Clock, Commands, CONFIG, From, load, Public } from '@aiqyn/platform';
import { CaseKeys } from '../case-keys/case-keys.js';
import { type Case, CASES } from '../cases/case.schema.js';
import { underChosenId } from '../cases/chosen-id.js';
import type { ReportingConfig } from '../config.js';
import { Policies } from '../policies/policies.js';
import { ReceiptHolders } from '../receipt/receipt-holders.js';
import { seal, type Sealed } from '../sealing/sealing.js';
import { LodgeAppeal } from './appeal.dto.js';
import { lodged } from './appeal.rules.js';
import { APPEALS } from './appeal.schema.js';

/** A reporting person does not accept what came of the report, and says why, with the receipt. */
@Public()
@Controller('v1/reports')
export class LodgeAppealController {
  constructor(
    @Inject(CONFIG) private readonly config: ReportingConfig,
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly holders: ReceiptHolders,
    private readonly keys: CaseKeys,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /** Against the outcome of the case in which the report goes on, one appeal at a time. */
  @Post('appeal')
  async lodge(@Body() body: LodgeAppeal, @From() caller: Caller): Promise<{ appealId: string; state: string }> {
    const own = await this.holders.caseOf(body.receiptCode);
    const { _id: caseId } = await this.holders.leadOf(own);
    const appealId = body.appealId ?? randomUUID();
    const place = { caseId: own._id, field: `appeal/${appealId}` };
    const text: Sealed = body.sealedText
      ? { ...body.sealedText, by: 'client' }
      : await seal(this.config.CHANNEL_PUBLIC_KEY, place, body.text!, 'service');
    const stored = this.commands.run({ ...caller, permission: 'appeal:lodge', resource: caseId }, async (tx) => {
      const file = await load<Case>(tx, this.connection, CASES, caseId);
      const day = this.clock.today();
      const appeal = lodged(this.policies.appeals, file, appealId, day);
      const kept = (await this.keys.of(file)).lock(place.field, text);
      tx.insert(APPEALS, { _id: appealId, caseId, reportId: own._id, day, text: kept });
      const against = file.state === 'closed' ? file.closedFrom! : file.state;
      change(tx, CASES, file, { appeal }, Object.assign(new AppealLodgedV1(), { caseId, day, against }));
      tx.audit({ actor: caller.id, action: 'appeal:lodge', resource: caseId, outcome: 'done' });
      return { appealId, state: appeal.state };
    });
    return underChosenId(APPEALS, 'appealId', stored);
  }
}
