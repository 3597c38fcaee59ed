import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import type { Tx } from '@aiqyn/platform';
import { DEALS, type StoredDeal } from '../deals/deal.schema.js';
import type { Declared } from '../declare-assets/declaration.rules.js';
import { companyId } from '../entities/entity-id.rules.js';
import { type Link, LINKS } from '../entities/entity.schema.js';
import type { Win } from './household.rules.js';
import { ownersOf, winnersOf, winsOf } from './wins.rules.js';

/** Reads what the owners of used things won of the official's body, themselves or by a company that they own or direct. */
@Injectable()
export class WinsOfOwners {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  async of(tx: Tx, declared: Declared): Promise<Win[]> {
    const owners = ownersOf(declared);
    if (owners.length === 0) return [];
    const [db, { session }] = [this.connection.db!, tx];
    const kind = { $in: ['Ownership' as const, 'Directorship' as const] };
    const links = await db
      .collection<Link>(LINKS)
      .find({ from: { $in: owners }, kind }, { session })
      .toArray();
    const winners = winnersOf(declared, links);
    const all = [...new Set([...winners.values()].flatMap((ids) => [...ids]))];
    const deals = await db
      .collection<StoredDeal>(DEALS)
      .find({ buyer: companyId(declared.bodyBin), winners: { $in: all } }, { session })
      .toArray();
    return winsOf(
      declared,
      winners,
      deals.map(({ _id: ocid, day, winners: won }) => ({ ocid, day, winners: won })),
    );
  }
}
