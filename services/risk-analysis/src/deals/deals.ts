import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Tx } from '@aiqyn/platform';
import { PersonIds } from '../persons/person-ids.js';
import { dealOf } from './deal.rules.js';
import { dealRow, DEALS } from './deal.schema.js';

/** Of a process in which nobody dealt with anybody: a cancelled tender. */
const NONE = 'none';

/** Keeps who dealt with whom, process by process, as releases come. */
@Injectable()
export class Deals {
  constructor(private readonly persons: PersonIds) {}

  /**
   * Writes the deal where it is another one than before.
   * @param before what this said of the version before; undefined of a process that it never said anything of
   * @returns a hash of the deal, or that there is none
   */
  record(tx: Tx, _id: string, areaCode: string, release: unknown, before: string | undefined): string {
    const deal = dealOf(release, areaCode, (iin) => this.persons.of(iin));
    const row = deal && dealRow(_id, deal);
    const now = row ? createHash('sha256').update(JSON.stringify(row)).digest('base64url').slice(0, 22) : NONE;
    if (now === before) return now;
    if (row) tx.replace(DEALS, row);
    else tx.remove(DEALS, { _id });
    return now;
  }
}
