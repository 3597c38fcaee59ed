import { Injectable } from '@nestjs/common';
import type { Tx } from '@aiqyn/platform';
import { PersonIds } from '../persons/person-ids.js';
import { dealOf } from './deal.rules.js';
import { dealRow, DEALS } from './deal.schema.js';

/** Keeps who dealt with whom, process by process, as releases come. */
@Injectable()
export class Deals {
  constructor(private readonly persons: PersonIds) {}

  record(tx: Tx, _id: string, areaCode: string, release: unknown): void {
    const deal = dealOf(release, areaCode, (iin) => this.persons.of(iin));
    if (deal) tx.replace(DEALS, dealRow(_id, deal));
    else tx.remove(DEALS, { _id });
  }
}
