import type { Connection, mongo } from 'mongoose';
import type { EventProducer } from '../kafka/producer.js';
import { COLLECTIONS } from '../mongo/collections.js';
import type { Logger } from '../observe/logger.js';
import type { Metrics } from '../observe/metrics.js';
import type { Lease } from './lease.js';
import { inOrder, lingerAfter, UNSENT, upTo, without } from './outbox.rules.js';
import type { StoredRow } from './stored-row.js';

export interface RelayOptions {
  /** Milliseconds to wait after a wake-up for more rows, longer under load: the relay's cost is the number of its batches. */
  readonly linger: number;
  /** Rows (commits) read at once, and events after which a send takes no further row. */
  readonly rows: number;
  readonly events: number;
  /**
   * Milliseconds between two looks for what no wake-up announced: rows of other replicas. A change stream of the outbox told of
   * them sooner, but had the database go through each document of each commit: a tenth of what a report cost it.
   */
  readonly sweep: number;
  /** Milliseconds between two tries to hold the lease. */
  readonly candidacy: number;
}

/**
 * Sends unsent outbox rows to Kafka and deletes what the broker acknowledged. Reads what is *unsent*, never "after the
 * last id": ids are given before commits, so a later id can become visible first. After a crash or a failed send it first
 * looks up what the topic already has; a repeat is still possible when two holders overlap, and consumers' inboxes absorb it.
 */
export class Relay {
  private readonly rows: mongo.Collection<StoredRow>;
  private readonly options: RelayOptions;
  private stopped = false;
  private wake: () => void = () => undefined;
  private loop: Promise<void> = Promise.resolve();
  private awake = true;
  private failures = 0;
  /** Events of the last send. */
  private sentLast = 0;
  /** Whether it is known that no row of the outbox stands in the topic already. */
  private certain = false;

  constructor(
    connection: Connection,
    private readonly producer: EventProducer,
    private readonly lease: Lease,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
    options: Partial<RelayOptions> = {},
  ) {
    this.rows = connection.db!.collection<StoredRow>(COLLECTIONS.journal);
    this.options = { linger: 20, rows: 100, events: 1_000, sweep: 100, candidacy: 1_000, ...options };
  }

  start(): void {
    this.loop = this.run();
  }

  /** Tells the relay that rows may be waiting. */
  nudge(): void {
    this.awake = true;
    this.wake();
  }

  /** Ends after the batch under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.loop;
    await this.producer.reset();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        if (await this.lease.tryHold()) {
          if (!this.certain) await this.recover();
          while (!this.stopped && (await this.sendBatch()) === 'more' && (await this.lease.tryHold()));
          this.failures = 0;
        } else {
          this.certain = false;
        }
      } catch (error) {
        this.failures += 1;
        this.certain = false;
        this.logger.warn(
          { err: { message: (error as Error).message }, failures: this.failures },
          'relay: will try again',
        );
        await this.producer.reset();
      }
      await this.rest();
    }
  }

  private async rest(): Promise<void> {
    if (this.stopped) return;
    const { sweep, candidacy } = this.options;
    const pause = this.failures > 0 ? Math.min(5_000, 100 * 2 ** this.failures) : this.lease.held ? sweep : candidacy;
    if (!this.awake || this.failures > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause);
        this.wake = () => {
          // A nudge does not shorten the pause after a failure: the broker needs it.
          if (this.failures > 0 && !this.stopped) return;
          clearTimeout(timer);
          resolve();
        };
      });
    }
    if (this.awake && !this.stopped)
      await new Promise((resolve) => setTimeout(resolve, lingerAfter(this.sentLast, this.options.linger)));
    this.awake = false;
  }

  /** Takes out what the broker has already: sent by a holder that died, or by a send whose answer was lost. */
  private async recover(): Promise<void> {
    if ((await this.oldest(1)).length > 0) {
      const published = await this.producer.lastPublished(4 * this.options.events);
      const sent = this.rows.find({ ...UNSENT, 'events.id': { $in: [...published] } }).sort({ place: 1 });
      for await (const row of sent) {
        const events = without(row, published);
        if (events.length > 0) await this.rows.updateOne({ _id: row._id }, { $set: { events } });
        else await this.rows.deleteOne({ _id: row._id });
      }
    }
    this.certain = true;
  }

  /** Sends the oldest rows, all that were read at once; tells whether more may wait. */
  async sendBatch(): Promise<'more' | 'done'> {
    const read = await this.oldest(this.options.rows);
    this.metrics.outboxAge.set(read[0] ? Math.max(0, (Date.now() - read[0].at.getTime()) / 1000) : 0);
    let left: readonly StoredRow[] = read;
    while (left.length > 0) {
      const rows = upTo(left, this.options.events);
      // Another may hold the lease by now, and have sent what was read: it is read anew, never sent from here.
      if (this.stopped || !this.lease.held) return 'done';
      const events = inOrder(rows);
      await this.producer.send(events);
      this.sentLast = events.length;
      this.metrics.sent.inc(events.length);
      const sent = new Set(rows.map((row) => row._id));
      await this.rows.deleteMany({ _id: { $in: [...sent] } });
      left = left.filter((row) => !sent.has(row._id));
    }
    return read.length === this.options.rows ? 'more' : 'done';
  }

  /** Sorted, since only an index with the order of `place` has unsent rows alone: without it mongod goes through the audit log. */
  private oldest(rows: number): Promise<StoredRow[]> {
    return this.rows.find(UNSENT).sort({ place: 1 }).limit(rows).toArray();
  }
}
