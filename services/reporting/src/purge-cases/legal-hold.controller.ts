import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { IsIn } from 'class-validator';
import type { Connection } from 'mongoose';
import { type Caller, Can, change, Clock, Commands, From } from '@aiqyn/platform';
import { CASES } from '../cases/case.schema.js';
import { loadCase } from '../cases/case-access.js';
import { assertReleases, held } from './retention.rules.js';

export const HOLD_REASONS = ['court-order', 'pending-litigation', 'inspection', 'public-interest'] as const;

export class HoldCase {
  @IsIn(HOLD_REASONS) reason: (typeof HOLD_REASONS)[number];
}

export const RELEASE_REASONS = ['order-lifted', 'litigation-over', 'inspection-over', 'no-longer-needed'] as const;

export class ReleaseCase {
  @IsIn(RELEASE_REASONS) reason: (typeof RELEASE_REASONS)[number];
}

/** While a case is held nothing of it is destroyed, whatever its retention; another person releases it. */
@Controller('v1/cases')
export class LegalHoldController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  @Post(':id/legal-hold')
  @HttpCode(200)
  @Can('case:hold')
  hold(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: HoldCase,
    @From() caller: Caller,
  ): Promise<{ caseId: string; version: number }> {
    return this.commands.run(caller, async (tx) => {
      const file = await loadCase(tx, this.connection, id, caller);
      const legalHold = held(file, { reason, by: caller.id, day: this.clock.today() });
      const version = change(tx, CASES, file, { legalHold });
      tx.audit({ actor: caller.id, action: 'case:hold', resource: id, outcome: 'done', reason });
      return { caseId: id, version };
    });
  }

  /** What is due is purged at the next daily look. */
  @Post(':id/legal-hold/release')
  @HttpCode(200)
  @Can('case:hold')
  release(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ReleaseCase,
    @From() caller: Caller,
  ): Promise<{ caseId: string; version: number }> {
    return this.commands.run(caller, async (tx) => {
      const file = await loadCase(tx, this.connection, id, caller);
      assertReleases(file, caller.id);
      const version = change(tx, CASES, file, { legalHold: null, purgeDay: file.retainUntil ?? null });
      tx.audit({ actor: caller.id, action: 'case:release', resource: id, outcome: 'done', reason });
      return { caseId: id, version };
    });
  }
}
