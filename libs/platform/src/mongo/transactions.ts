import { Inject, Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Clock } from '../clock.js';
import { SERVICE } from '../tokens.js';
import { PendingTx } from './pending-tx.js';

/** A shared transaction ran into the same conflict again and again; its commands must go each for itself. */
export class ConflictPersists extends Error {}

/** Runs work in a MongoDB transaction (snapshot, majority, journaled) and wakes the relay after the commit. */
@Injectable()
export class Transactions {
  private readonly listeners: (() => void)[] = [];

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly clock: Clock,
    @Inject(SERVICE) readonly service: string,
  ) {}

  /** Called after each commit that published something. */
  onPublished(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** @param attempts conflicts after which it gives up with ConflictPersists, instead of the driver's two minutes. */
  async run<T>(work: (tx: PendingTx) => Promise<T> | T, attempts = Infinity): Promise<T> {
    const session = this.connection.getClient().startSession();
    let published = 0;
    let attempt = 0;
    try {
      const result = await session.withTransaction(
        async () => {
          if ((attempt += 1) > attempts) throw new ConflictPersists();
          const tx = new PendingTx(session, this.connection.db!, this.clock);
          const value = await work(tx);
          await tx.flush();
          published = tx.published;
          return value;
        },
        { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', j: true }, readPreference: 'primary' },
      );
      if (published > 0) for (const listener of this.listeners) listener();
      return result;
    } finally {
      await session.endSession();
    }
  }
}
