import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { COLLECTIONS } from '../mongo/collections.js';
import type { Tx } from '../mongo/tx.js';
import { Metrics } from '../observe/metrics.js';

/** Why an event waits for a person. */
export type ParkReason =
  | 'not_a_cloudevent'
  | 'unsupported_specversion'
  | 'missing_attribute'
  | 'not_json'
  | 'schema_violation'
  | 'refused_by_rule'
  | 'retries_spent'
  | 'behind_parked';

export interface RawEvent {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly value: Buffer;
}

export interface ParkedRow {
  _id: string;
  topic: string;
  partition: number;
  offset: mongo.Long | number;
  key: string;
  type: string | null;
  headers: Record<string, string>;
  value: mongo.Binary;
  reason: ParkReason;
  /** Codes and field names, never values. */
  details: string[];
  parkedAt: Date;
}

/** Events that could not be handled, with the reason, in the order of their key; nothing is ever dropped unseen. */
@Injectable()
export class Parked {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly metrics: Metrics,
  ) {}

  get rows(): mongo.Collection<ParkedRow> {
    return this.connection.db!.collection<ParkedRow>(COLLECTIONS.parked);
  }

  /** Those of the keys that have a parked event: what comes later must wait behind it. */
  async keysAmong(keys: string[]): Promise<Set<string>> {
    // Mostly nothing is parked: the count is kept by the server, the look-up of hundreds of keys is not.
    if (keys.length === 0 || (await this.rows.estimatedDocumentCount()) === 0) return new Set();
    return new Set(await this.rows.distinct('key', { key: { $in: keys } }));
  }

  /** Parking twice (after a redelivery) is parking once: the place in the log is the id. */
  async park(event: RawEvent, reason: ParkReason, details: string[]): Promise<void> {
    await this.rows.updateOne(
      { _id: `${event.topic}/${event.partition}/${event.offset}` },
      {
        $setOnInsert: {
          topic: event.topic,
          partition: event.partition,
          offset: Number(event.offset),
          key: event.key,
          type: event.headers['ce_type'] ?? null,
          headers: event.headers,
          value: event.value as unknown as mongo.Binary,
          reason,
          details,
          parkedAt: new Date(),
        },
      },
      { upsert: true, writeConcern: { w: 'majority', journal: true } },
    );
    await this.count();
  }

  async list(after: string | undefined, limit: number): Promise<ParkedRow[]> {
    return this.rows
      .find(after ? { _id: { $gt: after } } : {})
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
  }

  /** All parked events of the key of `id`, oldest first; empty when there is no such event. */
  async queueOf(id: string): Promise<ParkedRow[]> {
    const one = await this.rows.findOne({ _id: id });
    return one ? this.rows.find({ key: one.key }).sort({ topic: 1, partition: 1, offset: 1 }).toArray() : [];
  }

  remove(tx: Tx, id: string): void {
    tx.remove(COLLECTIONS.parked, { _id: id }, { mustMatch: true });
  }

  async count(): Promise<void> {
    this.metrics.parked.set(await this.rows.estimatedDocumentCount());
  }
}
