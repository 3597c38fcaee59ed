import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Clock, Timers, type Tx } from '@aiqyn/platform';
import { type Declaration, DECLARATIONS } from '../declare-assets/declaration.schema.js';
import { OWNER } from '../declare-assets/declared-of.js';
import { locked } from '../declare-assets/take-in.js';
import { EnrichmentChecks } from './enrichment-checks.js';

/** Declarations in one transaction. */
const AT_ONCE = 20;
const CHECK = 'check-used-things';

/**
 * Checks each day anew whose things others own: a contract that the owner wins afterwards, or a company that they come to own, tells
 * nobody of the declaration. This year's and the last year's; an earlier one is checked when a version of it comes.
 */
@Injectable()
export class CheckUsedThings {
  constructor(
    timers: Timers,
    @InjectConnection() private readonly connection: Connection,
    private readonly checks: EnrichmentChecks,
    private readonly clock: Clock,
  ) {
    timers.on(CHECK, ({ after }, { tx }) => this.next(tx, String(after)));
    timers.daily('used-things', (tx) => {
      this.goOn(tx, '');
      return Promise.resolve('done');
    });
  }

  private goOn(tx: Tx, after: string): void {
    tx.schedule(CHECK, 'next', this.clock.now(), { after });
  }

  private async next(tx: Tx, after: string): Promise<void> {
    const years = { $gte: Number(this.clock.today().slice(0, 4)) - 1 };
    const rows = await this.connection
      .db!.collection<Declaration>(DECLARATIONS)
      .find({ _id: { $gt: after }, year: years, concerns: { $regex: `^${OWNER}` } }, { session: tx.session })
      .sort({ _id: 1 })
      .limit(AT_ONCE)
      .project<Pick<Declaration, '_id' | 'personId' | 'year' | 'concerns'>>({ personId: 1, year: 1, concerns: 1 })
      .toArray();
    await locked(tx, [...new Set(rows.flatMap(({ concerns }) => concerns))]);
    const seen = new Set<string>();
    for (const { personId, year } of rows) {
      const key = `${personId} ${year}`;
      if (!seen.has(key)) await this.checks.again(tx, personId, [year]);
      seen.add(key);
    }
    if (rows.length === AT_ONCE) this.goOn(tx, rows.at(-1)!._id);
  }
}
