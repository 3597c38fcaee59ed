import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { put, type Tx } from '@aiqyn/platform';
import type { ProcessIndicator } from '../indicators/definition.rules.js';
import { type Flag, FLAGS } from '../indicators/flag.schema.js';
import { type Judged, judgeAll, type Outcomes } from '../indicators/signal.rules.js';
import { Policies } from '../policies/policies.js';

/** Judges processes and stores the signals that change by it; published when they are raised or cleared. */
@Injectable()
export class StoreSignals {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly policies: Policies,
  ) {}

  /** What each process is said to be, by its ocid. */
  async judge(
    tx: Tx,
    definitions: readonly ProcessIndicator[],
    processes: readonly Judged[],
  ): Promise<ReadonlyMap<string, Outcomes>> {
    const ocids = processes.map(({ ocid }) => ocid);
    const stored = await this.connection
      .db!.collection<Flag>(FLAGS)
      .find({ ocid: { $in: ocids } }, { session: tx.session })
      .toArray();
    const flags = new Map(stored.map((flag) => [flag._id, flag]));
    return new Map(
      processes.map((process) => {
        const { outcomes, changes } = judgeAll(definitions, flags, process, this.policies.mci);
        for (const { before, row, event } of changes) put(tx, FLAGS, before, { ...row }, event);
        return [process.ocid, outcomes] as const;
      }),
    );
  }
}
