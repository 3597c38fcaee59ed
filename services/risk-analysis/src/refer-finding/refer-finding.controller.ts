import { Body, Controller, Param, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, Clock, Commands, From, load } from '@aiqyn/platform';
import { type Flag, FLAGS } from '../indicators/flag.schema.js';
import { ReferFinding } from './refer-finding.dto.js';
import { orAlreadyReferred, referFinding } from './referral.js';

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
  refer(@Param('id') id: string, @Body() body: ReferFinding, @From() caller: Caller): Promise<{ findingId: string }> {
    const referred = this.commands.run(caller, async (tx) => {
      const flag = await load<Flag>(tx, this.connection, FLAGS, id);
      if (flag.outcome !== 'triggered')
        throw new RuleError('not_triggered', 'only a triggered flag is a finding', { field: 'id' });
      const about = {
        day: this.clock.today(),
        kind: 'procurement-flag',
        subjectId: id,
        areaCode: flag.areaCode,
      } as const;
      return referFinding(tx, about, body, caller);
    });
    return orAlreadyReferred(referred);
  }
}
