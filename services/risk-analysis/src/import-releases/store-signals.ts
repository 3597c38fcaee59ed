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

  /**
   * What each process is said to be, by its ocid.
   * @param known the ocids of those that were judged before: others have no signals yet
   */
  async judge(
    tx: Tx,
    definitions: readonly ProcessIndicator[],
    processes: readonly Judged[],
    known: readonly string[],
  ): Promise<ReadonlyMap<string, Outcomes>> {
    const flags = await this.flagsOf(tx, known);
    return new Map(
      processes.map((process) => {
        const { outcomes, changes } = judgeAll(definitions, flags, process, this.policies.mci);
        for (const { before, row, event } of changes) put(tx, FLAGS, before, { ...row }, event);
        return [process.ocid, outcomes] as const;
      }),
    );
  }

  private async flagsOf(tx: Tx, ocids: readonly string[]): Promise<ReadonlyMap<string, Flag>> {
    if (ocids.length === 0) return new Map();
    const rows = this.connection.db!.collection<Flag>(FLAGS).find({ ocid: { $in: ocids } }, { session: tx.session });
    return new Map((await rows.toArray()).map((flag) => [flag._id, flag]));
  }
}
