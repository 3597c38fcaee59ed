import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import type { Tx } from '@aiqyn/platform';
import { DEALS, type StoredDeal } from '../deals/deal.schema.js';
import type { Declared } from '../declare-assets/declaration.rules.js';
import { companyId } from '../entities/entity-id.rules.js';
import { type Link, LINKS } from '../entities/entity.schema.js';
import { couple, dayOf, type Win } from './household.rules.js';

/** Finds what the owners of used things won of the official's body, themselves or by a company that they own or direct. */
@Injectable()
export class WinsOfOwners {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** Up to the last day of the declared year, in the order of days; a company counts by its links of that year. */
  async of(tx: Tx, declared: Declared): Promise<Win[]> {
    const owners = new Set(couple(declared).flatMap(({ used }) => (used ?? []).map(({ owner }) => owner)));
    if (owners.size === 0) return [];
    const held = await this.held(tx, [...owners], declared.year);
    const deals = await this.connection
      .db!.collection<StoredDeal>(DEALS)
      .find({ buyer: companyId(declared.bodyBin), day: { $lte: dayOf(declared) } }, { session: tx.session })
      .sort({ day: 1, _id: 1 })
      .toArray();
    return deals.flatMap(({ _id: ocid, winners, day }) =>
      [...owners]
        .sort()
        .flatMap((owner): Win[] =>
          winners
            .filter((winner) => winner === owner || held.get(owner)?.has(winner))
            .map((winner) => ({ owner, winner, ocid, day })),
        ),
    );
  }

  /** By owner, the companies that each owned or directed on some day of the year. */
  private async held(tx: Tx, owners: readonly string[], year: number): Promise<ReadonlyMap<string, Set<string>>> {
    const kind = { $in: ['Ownership' as const, 'Directorship' as const] };
    const links = await this.connection
      .db!.collection<Link>(LINKS)
      .find({ from: { $in: [...owners] }, kind }, { session: tx.session })
      .toArray();
    const held = new Map<string, Set<string>>();
    for (const { from, to, since, until } of links) {
      if (from === null || to === null) continue;
      if ((since ?? '') > `${year}-12-31` || (until ?? '9') < `${year}-01-01`) continue;
      held.set(from, (held.get(from) ?? new Set<string>()).add(to));
    }
    return held;
  }
}
