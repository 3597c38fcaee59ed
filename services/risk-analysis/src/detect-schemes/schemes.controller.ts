import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { RuleError } from '@aiqyn/contracts';
import {
  type Caller,
  Can,
  Clock,
  Commands,
  From,
  load,
  NotFound,
  type Page,
  pageById,
  PageQuery,
} from '@aiqyn/platform';
import { orAlreadyReferred, referFinding } from '../refer-finding/referral.js';
import { ReferFinding } from '../refer-finding/refer-finding.dto.js';
import { SchemeDetection } from './scheme-detection.js';
import { SchemeRow, type SchemeRun, SCHEMES } from './scheme.schema.js';

/** An analyst has schemes looked for, looks at those that stand with what they rest on, and hands one over for a case. */
@Controller('v1/schemes')
export class SchemesController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(SchemeRow.name) private readonly schemes: Model<SchemeRow>,
    private readonly commands: Commands,
    private readonly detection: SchemeDetection,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @Can('scheme:detect')
  detect(@From() caller: Caller): Promise<SchemeRun> {
    return this.detection.run(caller.id);
  }

  /** Those that stand, without what they rest on. */
  @Get()
  @Can('scheme:read')
  list(@Query() query: PageQuery): Promise<Page<object>> {
    return pageById(this.schemes, query, { filter: { outcome: 'triggered' }, hide: ['evidence'] });
  }

  @Get(':id')
  @Can('scheme:read')
  async read(@Param('id') id: string): Promise<SchemeRow> {
    const row = await this.schemes.findOne({ _id: id }).lean<SchemeRow>();
    if (!row) throw new NotFound();
    return row;
  }

  @Post(':id/referral')
  @Can('finding:refer')
  refer(@Param('id') id: string, @Body() body: ReferFinding, @From() caller: Caller): Promise<{ findingId: string }> {
    const referred = this.commands.run(caller, async (tx) => {
      const { outcome, areaCode } = await load<SchemeRow>(tx, this.connection, SCHEMES, id);
      if (outcome !== 'triggered')
        throw new RuleError('not_triggered', 'only a scheme that stands is a finding', { field: 'id' });
      const about = { day: this.clock.today(), kind: 'scheme', subjectId: id, areaCode } as const;
      return referFinding(tx, about, body, caller);
    });
    return orAlreadyReferred(referred);
  }
}
