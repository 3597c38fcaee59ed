import { randomUUID } from 'node:crypto';
import { almatyDay, dayStartUtc, declarationOf, type EventClass, keyOf, violations } from '@aiqyn/contracts';
import type { mongo } from 'mongoose';
import { type AuditInput, rowsOfEntries } from '../audit/seal.rules.js';
import type { Clock } from '../clock.js';
import { ConcurrentChange } from '../errors.js';
import { traceparent } from '../observe/trace.js';
import { type OutboxEvent, rowsOf } from '../outbox/outbox.rules.js';
import { placed } from '../outbox/stored-row.js';
import { COLLECTIONS } from './collections.js';
import type { Doc, Tx } from './tx.js';
import { groupWrites, type Write } from './write-order.rules.js';

interface Op extends Write {
  /** Whose it is; nobody's alone when several commands share the row. */
  readonly owner: number | undefined;
  readonly op: mongo.AnyBulkWriteOperation<mongo.Document>;
}

interface Owned<T> {
  readonly owner: number;
  readonly value: T;
}
/** Rows of the platform's own collections. */
const OWN = { owner: undefined, kind: 'insert', row: undefined, mustMatch: false } as const;
const values = <T>(list: readonly Owned<T>[]): T[] => list.map((one) => one.value);

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
  private events: Owned<OutboxEvent>[] = [];
  private entries: Owned<AuditInput>[] = [];
  private inbox: Owned<string>[] = [];

  constructor(
    readonly session: mongo.ClientSession,
    private readonly db: mongo.Db,
    private readonly clock: Clock,
  ) {}

  private add(
    collection: string,
    kind: Op['kind'],
    id: unknown,
    op: mongo.AnyBulkWriteOperation<mongo.Document>,
    mustMatch = false,
  ): void {
    const ops = this.pending.get(collection);
    const entry = { owner: this.owner, kind, row: typeof id === 'string' ? id : undefined, mustMatch, op };
    if (ops) ops.push(entry);
    else this.pending.set(collection, [entry]);
  }

  insert(collection: string, doc: Doc): void {
    this.add(collection, 'insert', doc['_id'], { insertOne: { document: doc } });
  }

  update(collection: string, filter: Doc, change: Doc, options: { upsert?: boolean; mustMatch?: boolean } = {}): void {
    const op = { updateOne: { filter, update: change, upsert: options.upsert ?? false } };
    this.add(collection, 'update', filter['_id'], op, options.mustMatch);
  }

  replace(collection: string, doc: Doc & { readonly _id: string }): void {
    const filter: Doc = { _id: doc._id };
    this.add(collection, 'update', doc._id, { replaceOne: { filter, replacement: doc, upsert: true } });
  }

  remove(collection: string, filter: Doc, options: { mustMatch?: boolean } = {}): void {
    this.add(collection, 'delete', filter['_id'], { deleteOne: { filter } }, options.mustMatch);
  }

  publish(event: object, sequence: number): void {
    const contract = event.constructor as EventClass;
    const declaration = declarationOf(contract);
    const body = JSON.stringify(event);
    const data = JSON.parse(body) as unknown;
    const broken = violations(contract, data, 'producer');
    // A programming error of ours: stored nowhere, so that no consumer ever has to guess.
    if (broken.length > 0) throw new Error(`${declaration.type} breaks its contract: ${broken.join(', ')}`);
    const key = keyOf(event);
    const trace = traceparent();
    this.events.push({
      owner: this.owner,
      value: {
        id: `${key}#${String(sequence).padStart(8, '0')}`,
        key,
        sequence,
        type: declaration.type,
        topic: declaration.topic,
        time: declaration.time === 'day' ? `${this.clock.today()}T00:00:00Z` : this.clock.now().toISOString(),
        ...(trace ? { traceparent: trace } : {}),
        body,
      },
    });
    this.published += 1;
  }

  /** Notes that the event with this id has its effect here; the transaction fails when it had it before. */
  received(id: string): void {
    this.inbox.push({ owner: this.owner, value: id });
  }

  audit(entry: AuditInput): void {
    this.entries.push({ owner: this.owner, value: entry });
  }

  schedule(kind: string, id: string, dueAt: Date, data: Doc = {}): void {
    this.update(COLLECTIONS.timers, { _id: `${kind}:${id}` }, { $set: { kind, dueAt, data } }, { upsert: true });
  }

  cancel(kind: string, id: string): void {
    this.remove(COLLECTIONS.timers, { _id: `${kind}:${id}` });
  }

  /** Takes back what the current owner has gathered. */
  dropOwner(): void {
    const others = <T extends { owner: number | undefined }>(list: T[]): T[] =>
      list.filter((one) => one.owner !== this.owner);
    for (const [collection, ops] of this.pending) this.pending.set(collection, others(ops));
    this.events = others(this.events);
    this.entries = others(this.entries);
    this.inbox = others(this.inbox);
  }

  async flush(): Promise<void> {
    // Real days and instants, whatever the demo year says: they are about sending and forgetting.
    const now = new Date();
    const own = (collection: string, rows: readonly object[]): [string, Op[]] => [
      collection,
      rows.map((document) => ({ ...OWN, op: { insertOne: { document } } })),
    ];
    // By the day: the second in which an event arrived would tell that of a citizen's act.
    const received = { _id: randomUUID(), ids: values(this.inbox), day: dayStartUtc(almatyDay(now)) };
    const groups = [
      // First of all: a repeat fails before it can do anything.
      own(COLLECTIONS.inbox, this.inbox.length > 0 ? [received] : []),
      ...this.pending,
      own(COLLECTIONS.journal, [
        ...rowsOf(values(this.events), now, randomUUID).map(placed),
        ...rowsOfEntries(values(this.entries), this.clock.now(), randomUUID),
      ]),
    ];
    this.pending.clear();
    [this.events, this.entries, this.inbox] = [[], [], []];
    for (const [collection, ops] of groups) for (const group of groupWrites(ops)) await this.write(collection, group);
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
