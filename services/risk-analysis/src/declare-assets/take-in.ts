import { Injectable } from '@nestjs/common';
import { again, type Caller, Commands, type Tx } from '@aiqyn/platform';
import { ENRICHMENT_LOCKS } from './declaration.schema.js';

export type Taken = 'current' | 'superseded' | 'known';

/** Takes in what is about some persons and assets, one after the other for each of them. */
@Injectable()
export class TakeIn {
  constructor(private readonly commands: Commands) {}

  /** Runs the command with the rows of `concerns` locked; the locks are written first, so that what the work reads is settled. */
  run<T>(caller: Caller, concerns: readonly string[], work: (tx: Tx) => Promise<T>): Promise<T> {
    const locked = async (tx: Tx): Promise<T> => {
      for (const _id of concerns) tx.update(ENRICHMENT_LOCKS, { _id }, { $inc: { n: 1 } }, { upsert: true });
      await tx.flush();
      return work(tx);
    };
    return again(() => this.commands.run(caller, locked));
  }
}
