import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import type { Tx } from '@aiqyn/platform';
import { PURCHASES, type StoredPurchase } from '../judge-groups/group.schema.js';
import { CONTRIBUTIONS, type StoredContribution } from '../tell-outliers/outlier.schema.js';
import { type Release, RELEASES } from './release.schema.js';

/** What is stored of a process beside its signals. */
export interface StoredProcess {
  readonly release: Release;
  /** What it adds to the sums of all; none of a cancelled tender. */
  readonly contribution: StoredContribution | undefined;
  /** What it adds to groups of purchases; none of a cancelled tender. */
  readonly purchase: StoredPurchase | undefined;
}

type Row = Release & { readonly contribution: StoredContribution[]; readonly purchase: StoredPurchase[] };

const joined = (from: string, as: string) => ({ $lookup: { from, localField: '_id', foreignField: '_id', as } });

/**
 * Reads what is stored of processes with one answer of the database: each costs a changed release half a millisecond. All of one
 * process together is a document of at most 16 MiB; signals, each with its evidence, and deals are therefore not in it.
 */
@Injectable()
export class StoredProcesses {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** By their ocids; nothing of one that was never imported. */
  async read(tx: Tx, ocids: readonly string[]): Promise<ReadonlyMap<string, StoredProcess>> {
    const stages = [joined(CONTRIBUTIONS, 'contribution'), joined(PURCHASES, 'purchase')];
    const rows = await this.connection
      .db!.collection(RELEASES)
      .aggregate<Row>([{ $match: { _id: { $in: ocids } } }, ...stages], { session: tx.session })
      .toArray();
    return new Map(
      rows.map(({ contribution: [contribution], purchase: [purchase], ...release }) => {
        return [release._id, { release, contribution, purchase }];
      }),
    );
  }
}
