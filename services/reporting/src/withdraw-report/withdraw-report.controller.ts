import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { IsBoolean, IsOptional } from 'class-validator';
import type { Connection } from 'mongoose';
import { ReportWithdrawnV1 } from '@aiqyn/contracts';
import { type Caller, change, Clock, Commands, From, load, Public } from '@aiqyn/platform';
import { type Case, CASES } from '../cases/case.schema.js';
import { ReceiptHolders } from '../receipt/receipt-holders.js';
import { ReceiptQuestion } from '../track-report/track-report.dto.js';
import { withdrawal } from './withdraw.rules.js';

export class WithdrawReport extends ReceiptQuestion {
  /** Deletes who they are and how to reach them. What they reported stays: the public interest may go on. */
  @IsOptional() @IsBoolean() forgetContact: boolean = false;
}

/** A reporting person stands by the report no longer. An attribute, not a state: the case goes on where it was. */
@Public()
@Controller('v1/reports')
export class WithdrawReportController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly holders: ReceiptHolders,
    private readonly clock: Clock,
  ) {}

  @Post('withdrawal')
  @HttpCode(200)
  async withdraw(
    @Body() { receiptCode, forgetContact }: WithdrawReport,
    @From() caller: Caller,
  ): Promise<{ withdrawn: true; contactKept: boolean }> {
    const { _id: reportId } = await this.holders.caseOf(receiptCode);
    return this.commands.run({ ...caller, permission: 'report:withdraw', resource: reportId }, async (tx) => {
      const file = await load<Case>(tx, this.connection, CASES, reportId);
      const day = this.clock.today();
      const set = withdrawal(file, forgetContact, day);
      // The fact is told once; forgetting the contact later is nobody else's concern.
      const events = set.withdrawnDay ? [Object.assign(new ReportWithdrawnV1(), { reportId, day })] : [];
      change(tx, CASES, file, { ...set }, ...events);
      const reason = set.contact === null ? 'contact-forgotten' : 'contact-kept';
      tx.audit({ actor: caller.id, action: 'report:withdraw', resource: reportId, outcome: 'done', reason });
      return { withdrawn: true as const, contactKept: Boolean(file.contact) && set.contact !== null };
    });
  }
}
