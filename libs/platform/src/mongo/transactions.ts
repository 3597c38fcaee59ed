import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { declarationOf, keyOf, type EventClass, violations } from '@aiqyn/contracts';
import type { Connection, mongo } from 'mongoose';
import { Clock } from '../clock.js';
import { ConcurrentChange } from '../errors.js';
import { traceparent } from '../observe/trace.js';
import { SERVICE } from '../tokens.js';
import { COLLECTIONS } from './collections.js';

export type Doc = Record<string, unknown>;

/** Who did what to which row; no content, no names. */
export interface AuditInput {
  /** Subject of the token, `public` for a citizen, or the name of the handler or timer. */
  readonly actor: string;
  readonly action: string;
  readonly resource: string;
  readonly outcome: 'done' | 'refused';
  /** A code, not a sentence. */
  readonly reason?: string;
}

/**
 * One transaction as commands and handlers see it. Writes are gathered and sent together when the callback ends, one
 * bulk write a collection; a read inside the callback therefore does not see them before `flush()`. The callback may
 * run more than once: it must touch nothing but this.
 */
export interface Tx {
  readonly session: mongo.ClientSession;
  insert(collection: string, doc: Doc): void;
  /** `mustMatch`: the transaction fails with ConcurrentChange when no row fits (optimistic locking on a version). */
  update(collection: string, filter: Doc, change: Doc, options?: { upsert?: boolean; mustMatch?: boolean }): void;
  remove(collection: string, filter: Doc, options?: { mustMatch?: boolean }): void;
  /** Publishes an event of one aggregate; `sequence` counts that aggregate's events from 1 without a gap. */
  publish(event: object, sequence: number): void;
  audit(entry: AuditInput): void;
  /** Fires the handler registered for `kind` once at or after `dueAt`; the same id again replaces it. */
  schedule(kind: string, id: string, dueAt: Date, data?: Doc): void;
  cancel(kind: string, id: string): void;
  flush(): Promise<void>;
}

export interface OutboxRow {
  readonly _id: string;
  readonly key: string;
  readonly sequence: number;
  readonly type: string;
  readonly topic: string;
  readonly time: string;
  readonly traceparent?: string;
  readonly body: string;
  readonly at: Date;
}

interface Op {
  readonly owner: number;
  readonly mustMatch: boolean;
  readonly op: mongo.AnyBulkWriteOperation<mongo.Document>;
}

const culprits = new WeakMap<object, number>();

/** Which command of a shared transaction caused the error, when the server told. */
export const culpritOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null ? culprits.get(error) : undefined;

/** A unique index refused a row of that collection. */
export function isDuplicate(error: unknown, collection?: string): boolean {
  const e = error as { code?: number; message?: string };
  return e?.code === 11000 && (!collection || (e.message ?? '').includes(`.${collection} index`));
}

/** The gathered writes of a transaction; `owner` marks whose they are when several commands share it. */
export class PendingTx implements Tx {
  owner = 0;
  published = 0;
  private readonly pending = new Map<string, Op[]>();

  constructor(
    readonly session: mongo.ClientSession,
    private readonly db: mongo.Db,
    private readonly clock: Clock,
  ) {}

  private add(collection: string, op: mongo.AnyBulkWriteOperation<mongo.Document>, mustMatch = false): void {
    const ops = this.pending.get(collection);
    const entry = { owner: this.owner, mustMatch, op };
    if (ops) ops.push(entry);
    else this.pending.set(collection, [entry]);
  }

  insert(collection: string, doc: Doc): void {
    this.add(collection, { insertOne: { document: doc } });
  }

  update(collection: string, filter: Doc, change: Doc, options: { upsert?: boolean; mustMatch?: boolean } = {}): void {
    this.add(
      collection,
      {
        updateOne: { filter: filter, update: change, upsert: options.upsert ?? false },
      },
      options.mustMatch,
    );
  }

  remove(collection: string, filter: Doc, options: { mustMatch?: boolean } = {}): void {
    this.add(collection, { deleteOne: { filter: filter } }, options.mustMatch);
  }

  publish(event: object, sequence: number): void {
    const contract = event.constructor as EventClass;
    const declaration = declarationOf(contract);
    const data = JSON.parse(JSON.stringify(event)) as unknown;
    const broken = violations(contract, data, 'producer');
    // A programming error of ours: stored nowhere, so that no consumer ever has to guess.
    if (broken.length > 0) throw new Error(`${declaration.type} breaks its contract: ${broken.join(', ')}`);
    const key = keyOf(event);
    const now = this.clock.now();
    const trace = traceparent();
    const row: OutboxRow = {
      _id: `${key}#${String(sequence).padStart(8, '0')}`,
      key,
      sequence,
      type: declaration.type,
      topic: declaration.topic,
      time: declaration.time === 'day' ? `${this.clock.today()}T00:00:00Z` : now.toISOString(),
      ...(trace ? { traceparent: trace } : {}),
      body: JSON.stringify(data),
      at: new Date(),
    };
    this.published += 1;
    this.insert(COLLECTIONS.outbox, { ...row });
  }

  audit(entry: AuditInput): void {
    const citizen = entry.actor === 'public';
    this.insert(COLLECTIONS.audit, {
      // Random, not an ObjectId: that would hold the second in which a citizen acted.
      _id: randomUUID(),
      ...entry,
      day: this.clock.today(),
      ...(citizen ? {} : { at: this.clock.now().toISOString() }),
      sealed: false,
    });
  }

  schedule(kind: string, id: string, dueAt: Date, data: Doc = {}): void {
    this.update(COLLECTIONS.timers, { _id: `${kind}:${id}` }, { $set: { kind, dueAt, data } }, { upsert: true });
  }

  cancel(kind: string, id: string): void {
    this.remove(COLLECTIONS.timers, { _id: `${kind}:${id}` });
  }

  /** Takes back what the current owner has gathered. */
  dropOwner(): void {
    for (const [collection, ops] of this.pending) {
      this.pending.set(
        collection,
        ops.filter((o) => o.owner !== this.owner),
      );
    }
  }

  async flush(): Promise<void> {
    const groups = [...this.pending];
    this.pending.clear();
    for (const [collection, ops] of groups) for (const run of runs(ops)) await this.write(collection, run);
  }

  private async write(collection: string, ops: Op[]): Promise<void> {
    try {
      const result = await this.db.collection(collection).bulkWrite(
        ops.map((o) => o.op),
        { session: this.session, ordered: true },
      );
      const touched = result.matchedCount + result.upsertedCount + result.deletedCount;
      if (ops[0]!.mustMatch && touched < ops.length) throw new ConcurrentChange(collection);
    } catch (error) {
      const index = (error as { writeErrors?: { index: number }[] }).writeErrors?.[0]?.index;
      const owner = index === undefined ? undefined : ops[index]?.owner;
      if (owner !== undefined) culprits.set(error as object, owner);
      throw error;
    }
  }
}

/** Consecutive ops that share `mustMatch`: only then does the server's sum of matches tell whether one failed. */
function runs(ops: Op[]): Op[][] {
  const out: Op[][] = [];
  for (const op of ops) {
    const last = out.at(-1);
    if (last && last[0]!.mustMatch === op.mustMatch) last.push(op);
    else out.push([op]);
  }
  return out;
}

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
