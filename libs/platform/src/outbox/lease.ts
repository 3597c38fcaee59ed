import type { Connection, mongo } from 'mongoose';
import { COLLECTIONS } from '../mongo/collections.js';

interface LeaseRow {
  _id: string;
  holder: string;
  until: Date;
}

/**
 * One holder per service does what must not be done twice at once (relay, timers, sealing). The database's clock
 * decides who holds it; the holder measures its own share with a monotonic clock that goes on while the process is
 * frozen, so a holder that slept past its lease knows it on waking. Overlap can only repeat work, never lose it.
 */
export class Lease {
  private validUntil = 0;
  private readonly rows: mongo.Collection<LeaseRow>;

  constructor(
    connection: Connection,
    private readonly name: string,
    private readonly holder: string,
    private readonly seconds = 15,
  ) {
    this.rows = connection.db!.collection<LeaseRow>(COLLECTIONS.leases);
  }

  /** True while this process may act; false once its share is over by its own clock. */
  get held(): boolean {
    return performance.now() < this.validUntil;
  }

  /** Takes the lease when it is free or ours, renewing it when a third has passed; returns whether it is held. */
  async tryHold(): Promise<boolean> {
    if (this.validUntil - performance.now() > (this.seconds * 1000 * 2) / 3) return true;
    const asked = performance.now();
    const mine = {
      $or: [{ $eq: ['$holder', this.holder] }, { $lt: [{ $ifNull: ['$until', new Date(0)] }, '$$NOW'] }],
    };
    const row = await this.rows.findOneAndUpdate(
      { _id: this.name },
      [
        {
          $set: {
            until: { $cond: [mine, { $add: ['$$NOW', this.seconds * 1000] }, '$until'] },
            holder: { $cond: [mine, this.holder, '$holder'] },
          },
        },
      ],
      { upsert: true, returnDocument: 'after', writeConcern: { w: 'majority' } },
    );
    // A second off, for the difference between two clocks' speed.
    this.validUntil = row?.holder === this.holder ? asked + this.seconds * 1000 - 1000 : 0;
    return this.held;
  }

  /** Gives the lease up, so that another replica need not wait for its end. */
  async release(): Promise<void> {
    this.validUntil = 0;
    await this.rows.deleteOne({ _id: this.name, holder: this.holder });
  }
}
