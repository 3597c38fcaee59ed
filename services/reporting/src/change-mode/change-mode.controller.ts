import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { IsIn } from 'class-validator';
import type { Connection } from 'mongoose';
import { REPORT_MODES, type ReportMode } from '@aiqyn/contracts';
import { type Caller, change, Commands, From, load, Public, IsPart } from '@aiqyn/platform';
import { CaseKeys } from '../case-keys/case-keys.js';
import { CASES, type ReportedCase } from '../cases/case.schema.js';
import { ReceiptHolders } from '../receipt/receipt-holders.js';
import { SealedByClient } from '../sealing/sealed.dto.js';
import { ReceiptQuestion } from '../track-report/track-report.dto.js';
import { upwards } from './mode.rules.js';

export class ChangeMode extends ReceiptQuestion {
  @IsIn(REPORT_MODES) mode: ReportMode;
  /** Who they are and how to reach them, sealed to the channel's key as the field `contact` of their report. */
  @IsPart(() => SealedByClient) sealedContact: SealedByClient;
}

/** A reporting person shows more of themselves: anonymous, confidential, named, in this direction only. */
@Public()
@Controller('v1/reports')
export class ChangeModeController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly holders: ReceiptHolders,
    private readonly keys: CaseKeys,
  ) {}

  @Post('mode')
  @HttpCode(200)
  async change(@Body() body: ChangeMode, @From() caller: Caller): Promise<{ mode: ReportMode }> {
    const { _id } = await this.holders.caseOf(body.receiptCode);
    return this.commands.run(caller, async (tx) => {
      const file = await load<ReportedCase>(tx, this.connection, CASES, _id);
      const mode = upwards(file.mode, body.mode);
      const key = await this.keys.of(file);
      const contact = key.lock('contact', { ...body.sealedContact, by: 'client' });
      change(tx, CASES, file, { mode, contact });
      tx.audit({ actor: caller.id, action: 'report:mode', resource: _id, outcome: 'done', reason: mode });
      return { mode };
    });
  }
}
