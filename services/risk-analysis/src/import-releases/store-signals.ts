import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { put, type Tx } from '@aiqyn/platform';
import type { ProcessIndicator } from '../indicators/definition.rules.js';
import { type Flag, FLAGS } from '../indicators/flag.schema.js';
import { type Judged, judgeAll, type Outcomes } from '../indicators/signal.rules.js';
import { Policies } from '../policies/policies.js';

type Flags = ReadonlyMap<string, Flag>;

/** Judges processes and stores the signals that change by it; published when they are raised or cleared. */
@Injectable()
export class StoreSignals {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly policies: Policies,
  ) {}

  /** The signals of processes that were judged before, by their ids. */
  async stored(tx: Tx, ocids: readonly string[]): Promise<Flags> {
    if (ocids.length === 0) return new Map();
    const rows = this.connection
      .db!.collection<Flag>(FLAGS)
      .find({ ocid: { $in: [...ocids] } }, { session: tx.session });
    return new Map((await rows.toArray()).map((flag) => [flag._id, flag]));
  }

  /** What each process is said to be, by its ocid. */
  judge(
    tx: Tx,
    definitions: readonly ProcessIndicator[],
    processes: readonly Judged[],
    flags: Flags,
  ): ReadonlyMap<string, Outcomes> {
    return new Map(
      processes.map((process) => {
        const { outcomes, changes } = judgeAll(definitions, flags, process, this.policies.mci);
        for (const { before, row, event } of changes) put(tx, FLAGS, before, { ...row }, event);
        return [process.ocid, outcomes] as const;
      }),
    );
  }
}
