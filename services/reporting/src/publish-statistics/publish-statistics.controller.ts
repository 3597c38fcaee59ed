import { Controller, Get, Param, ParseIntPipe, Post } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, Clock, Commands, create, From, NotFound, Public, type Tx } from '@aiqyn/platform';
import { type Case, CASES } from '../cases/case.schema.js';
import { Policies } from '../policies/policies.js';
import { underChosenId } from '../cases/chosen-id.js';
import { type Cells, disclose } from './disclosure.rules.js';
import { Statistics, STATISTICS } from './statistics.schema.js';

/** What each case counts as in each table; every table counts every report of the year once, so that totals agree. */
const DIMENSIONS: Readonly<Record<string, unknown>> = {
  month: { $substrBytes: ['$receivedDay', 0, 7] },
  region: '$region',
  category: '$category',
  mode: '$mode',
  state: '$state',
  acknowledgement: kept('$acknowledgedDay', '$acknowledgeBy'),
  feedback: kept('$feedbackDay', '$feedbackBy'),
};

/** In time, late, or not yet. */
function kept(day: string, by: string): object {
  const branches = [
    { case: { $not: [{ $ifNull: [day, false] }] }, then: 'not-yet' },
    { case: { $lte: [day, by] }, then: 'in-time' },
  ];
  return { $switch: { branches, default: 'late' } };
}

/** The statistics of a year, published once it is over and then never changed; anybody may read them. */
@Controller('v1/statistics')
export class PublishStatisticsController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(Statistics.name) private readonly published: Model<Statistics>,
    private readonly commands: Commands,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  @Post(':year')
  @Can('statistics:publish')
  publish(@Param('year', ParseIntPipe) year: number, @From() caller: Caller): Promise<{ year: string }> {
    const day = this.clock.today();
    const _id = String(year);
    const stored = this.commands.run(caller, async (tx) => {
      if (!/^\d{4}$/.test(_id) || _id >= day.slice(0, 4))
        throw new RuleError('year_not_over', 'a year is published when it is over', { field: 'year' });
      const { id: policy, smallestCount } = this.policies.statistics;
      const tables: Record<string, unknown> = {};
      for (const [name, by] of Object.entries(DIMENSIONS))
        tables[name] = disclose(await this.count(tx, _id, by), smallestCount);
      create(tx, STATISTICS, { _id, publishedDay: day, policy, tables });
      tx.audit({ actor: caller.id, action: 'statistics:publish', resource: _id, outcome: 'done' });
      return { year: _id };
    });
    return underChosenId(STATISTICS, 'year', stored);
  }

  @Get(':year')
  @Public()
  async read(@Param('year', ParseIntPipe) year: number): Promise<object> {
    const row = await this.published.findOne({ _id: { $eq: String(year) } }).lean();
    if (!row) throw new NotFound();
    const { publishedDay, policy, tables } = row;
    return { year: row._id, publishedDay, policy, tables };
  }

  /** All tables of a year from one snapshot. */
  private async count(tx: Tx, year: string, by: unknown): Promise<Cells> {
    const rows = await this.connection
      .db!.collection<Case>(CASES)
      .aggregate<{ _id: string; n: number }>(
        [
          { $match: { receivedDay: { $gte: `${year}-01-01`, $lte: `${year}-12-31` }, finding: { $exists: false } } },
          { $group: { _id: by, n: { $sum: 1 } } },
        ],
        { session: tx.session },
      )
      .toArray();
    return Object.fromEntries(rows.map(({ _id, n }) => [_id, n]));
  }
}
