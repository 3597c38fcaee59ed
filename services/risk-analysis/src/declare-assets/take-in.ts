import { Injectable } from '@nestjs/common';
import { again, type Caller, Commands, type Tx } from '@aiqyn/platform';
import { ENRICHMENT_LOCKS } from './declaration.schema.js';

export type Taken = 'current' | 'superseded' | 'known';

/** Locks the rows of `concerns` for the rest of the transaction, so that what is read afterwards is settled. */
export async function locked(tx: Tx, concerns: readonly string[]): Promise<void> {
  for (const _id of concerns) tx.update(ENRICHMENT_LOCKS, { _id }, { $inc: { n: 1 } }, { upsert: true });
  await tx.flush();
}

/** Takes in what is about some persons and assets, one after the other for each of them. */
@Injectable()
export class TakeIn {
  constructor(private readonly commands: Commands) {}

  /** Runs the command with the rows of `concerns` locked. */
  run<T>(caller: Caller, concerns: readonly string[], work: (tx: Tx) => Promise<T>): Promise<T> {
    const alone = async (tx: Tx): Promise<T> => {
      await locked(tx, concerns);
      return work(tx);
    };
    return again(() => this.commands.run(caller, alone));
  }
}
