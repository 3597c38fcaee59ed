import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Tx } from '@aiqyn/platform';
import { PersonIds } from '../persons/person-ids.js';
import { dealOf } from './deal.rules.js';
import { dealRow, DEALS } from './deal.schema.js';

/** Keeps who dealt with whom, process by process, as releases come. */
@Injectable()
export class Deals {
  constructor(private readonly persons: PersonIds) {}

  /** @param before the hash of the deal that is stored; returns that of the new one, and writes it where they differ */
  record(tx: Tx, _id: string, areaCode: string, release: unknown, before: string | undefined): string | undefined {
    const deal = dealOf(release, areaCode, (iin) => this.persons.of(iin));
    const row = deal && dealRow(_id, deal);
    const hash = row && createHash('sha256').update(JSON.stringify(row)).digest('base64url').slice(0, 22);
    if (hash === before) return hash;
    if (row) tx.replace(DEALS, row);
    else tx.remove(DEALS, { _id });
    return hash;
  }
}
