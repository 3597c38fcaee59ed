import type { Connection, mongo } from 'mongoose';
import type { EventProducer } from '../kafka/producer.js';
import { COLLECTIONS } from '../mongo/collections.js';
import type { OutboxRow } from '../mongo/transactions.js';
import type { Logger } from '../observe/logger.js';
import type { Metrics } from '../observe/metrics.js';
import type { Lease } from './lease.js';

export interface RelayOptions {
  /** Milliseconds to wait after a wake-up for more rows: the relay's cost is the number of its batches. */
  readonly linger: number;
  readonly batch: number;
  /** Milliseconds between sweeps that find what no wake-up announced. */
  readonly sweep: number;
}

/**
 * Sends unsent outbox rows to Kafka and deletes what the broker acknowledged. Reads what is *unsent*, never "after the
 * last id": ids are given before commits, so a later id can become visible first. After a crash or a failed send it first
 * looks up what the topic already has; a repeat is still possible when two holders overlap, and consumers' inboxes absorb it.
 */
export class Relay {
  private readonly rows: mongo.Collection<OutboxRow>;
  private readonly options: RelayOptions;
  private stopped = false;
  private wake: () => void = () => undefined;
  private loop: Promise<void> = Promise.resolve();
  private stream: mongo.ChangeStream | undefined;
  private awake = true;
  private failures = 0;
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
    this.rows = connection.db!.collection<OutboxRow>(COLLECTIONS.outbox);
    this.options = { linger: 10, batch: 500, sweep: 1_000, ...options };
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
    await this.stream?.close().catch(() => undefined);
    await this.producer.reset();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        if (await this.lease.tryHold()) {
          this.watch();
          if (!this.certain) await this.recover();
          while (!this.stopped && (await this.sendBatch()) === this.options.batch && (await this.lease.tryHold()));
          this.failures = 0;
        } else {
          this.certain = false;
          await this.unwatch();
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
    const pause = this.failures > 0 ? Math.min(5_000, 100 * 2 ** this.failures) : this.options.sweep;
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
    if (this.awake && !this.stopped) await new Promise((resolve) => setTimeout(resolve, this.options.linger));
    this.awake = false;
  }

  /** Rows that other replicas write: the stream only wakes, the collection is the truth. */
  private watch(): void {
    if (this.stream) return;
    const stream = this.rows.watch([{ $match: { operationType: 'insert' } }, { $project: { _id: 1 } }]);
    stream.on('change', () => this.nudge());
    stream.on('error', () => void this.unwatch());
    this.stream = stream;
  }

  private async unwatch(): Promise<void> {
    const stream = this.stream;
    this.stream = undefined;
    await stream?.close().catch(() => undefined);
  }

  /** Deletes rows that the broker has already: sent by a holder that died, or by a send whose answer was lost. */
  private async recover(): Promise<void> {
    if ((await this.rows.countDocuments({}, { limit: 1 })) > 0) {
      const published = await this.producer.lastPublished(4 * this.options.batch);
      await this.rows.deleteMany({ _id: { $in: [...published] } });
    }
    this.certain = true;
  }

  /** Sends one batch; returns how many rows it read. */
  async sendBatch(): Promise<number> {
    const found = await this.rows.find().sort({ at: 1, _id: 1 }).limit(this.options.batch).toArray();
    this.metrics.outboxAge.set(found[0] ? Math.max(0, (Date.now() - found[0].at.getTime()) / 1000) : 0);
    if (found.length === 0) return 0;
    const batch = inOrder([...found, ...(await this.earlier(found))]);
    // Another may hold the lease by now: sending would only repeat, but why.
    if (!this.lease.held) return 0;
    await this.producer.send(batch);
    this.metrics.sent.inc(batch.length);
    await this.rows.deleteMany({ _id: { $in: batch.map((r) => r._id) } });
    return found.length;
  }

  /** Unsent rows that must go before one of the batch, though another pod's clock put them behind it. */
  private async earlier(found: OutboxRow[]): Promise<OutboxRow[]> {
    const later = found.filter((r) => r.sequence > 1);
    if (later.length === 0) return [];
    const highest = new Map<string, number>();
    for (const r of later) highest.set(r.key, Math.max(highest.get(r.key) ?? 0, r.sequence));
    const have = new Set(found.map((r) => r._id));
    const rows = await this.rows.find({ key: { $in: [...highest.keys()] } }).toArray();
    return rows.filter((r) => !have.has(r._id) && r.sequence < highest.get(r.key)!);
  }
}

/** Per key by sequence; keys in the order of their first row. */
function inOrder(rows: OutboxRow[]): OutboxRow[] {
  const byKey = new Map<string, OutboxRow[]>();
  for (const row of rows) byKey.set(row.key, [...(byKey.get(row.key) ?? []), row]);
  return [...byKey.values()].flatMap((list) => list.sort((a, b) => a.sequence - b.sequence));
}
