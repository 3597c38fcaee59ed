import { randomUUID } from 'node:crypto';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { FindingReferredV1, RuleError } from '@aiqyn/contracts';
import { type Caller, Can, Clock, Commands, create, From, isDuplicate, load } from '@aiqyn/platform';
import { type Flag, FLAGS } from '../indicators/flag.schema.js';
import { ReferFinding } from './refer-finding.dto.js';
import { REFERRALS } from './referral.schema.js';

/** An analyst hands a finding over for a case; nothing else makes one of it. */
@Controller('v1/flags')
export class ReferFindingController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  @Post(':id/referral')
  @Can('finding:refer')
  async refer(
    @Param('id') id: string,
    @Body() body: ReferFinding,
    @From() caller: Caller,
  ): Promise<{ findingId: string }> {
    const findingId = randomUUID();
    const stored = this.commands.run(caller, async (tx) => {
      const flag = await load<Flag>(tx, this.connection, FLAGS, id);
      if (flag.outcome !== 'triggered')
        throw new RuleError('not_triggered', 'only a triggered flag is a finding', { field: 'id' });
      const { category, region, organisationBin } = body;
      const facts = {
        ...{ day: this.clock.today(), kind: 'procurement-flag' as const, subjectId: id },
        ...{ category, areaCode: flag.areaCode, region, ...(organisationBin ? { organisationBin } : {}) },
      };
      create(
        tx,
        REFERRALS,
        { _id: findingId, ...facts },
        Object.assign(new FindingReferredV1(), { findingId, ...facts }),
      );
      tx.audit({ actor: caller.id, action: 'finding:refer', resource: id, outcome: 'done' });
      return { findingId };
    });
    return stored.catch((error: unknown) => {
      if (isDuplicate(error, REFERRALS))
        throw new RuleError('already_done', 'this finding was referred', { field: 'id' });
      throw error;
    });
  }
}
