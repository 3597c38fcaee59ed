import { setTimeout as wait } from 'node:timers/promises';
import mongoose from 'mongoose';
import { RuleError } from '@aiqyn/contracts/rule-error';
import { COLLECTIONS } from '@aiqyn/platform';

type Timestamp = mongoose.mongo.Timestamp;

/** All databases as they were at one instant; reading is over when the session ends. */
export interface Instant {
  readonly at: Timestamp;
  readonly session: mongoose.mongo.ClientSession;
}

/** Fixes the instant: the first read does, and all that follow in the session show the same one, in every database. */
export async function takeInstant(client: mongoose.mongo.MongoClient, db: mongoose.mongo.Db): Promise<Instant> {
  const session = client.startSession({ snapshot: true });
  await db.collection(COLLECTIONS.journal).findOne({}, { session });
  const { snapshotTime } = session as unknown as { snapshotTime?: Timestamp };
  if (!snapshotTime) throw new Error('mongod named no instant: it must be a replica set, 5.0 or newer');
  return { at: snapshotTime, session };
}

/** Errors of mongod when it no longer keeps the instant (SnapshotTooOld, SnapshotUnavailable). */
const GONE = new Set([239, 246]);

/** The documents of a collection by `_id`, as bytes. Throws RuleError `instant_gone` when mongod keeps it no longer. */
export async function* documentsAt(
  { session }: Instant,
  collection: mongoose.mongo.Collection,
): AsyncGenerator<Buffer> {
  try {
    const cursor = collection.find({}, { session, raw: true, sort: { _id: 1 }, batchSize: 2_000 });
    for await (const document of cursor) yield document as unknown as Buffer;
  } catch (error) {
    if (!GONE.has(Number((error as { code?: number }).code))) throw error;
    throw new RuleError(
      'instant_gone',
      'reading took longer than mongod keeps an instant, or a collection was made meanwhile: raise its parameter minSnapshotHistoryWindowInSeconds (300) and begin again',
    );
  }
}

interface Row {
  readonly events: readonly { readonly id: string }[];
}

/**
 * The ids of events that a service wrote after the instant, up to now: the topic may have them already, but the databases
 * of the backup know nothing of them. Read from the change stream, since the relay deletes rows in a moment.
 */
export async function writtenAfter({ at }: Instant, db: mongoose.mongo.Db): Promise<Set<string>> {
  const ids = new Set<string>();
  const now = await majorityNow(db);
  const unsent = { operationType: 'insert', 'fullDocument.events': { $exists: true } };
  const stream = db.collection<Row>(COLLECTIONS.journal).watch([{ $match: unsent }], {
    startAtOperationTime: at,
    maxAwaitTimeMS: 200,
  });
  try {
    for (;;) {
      // Nothing more: a look that began after `now` has been at the end.
      const change = await stream.tryNext();
      if (change?.operationType !== 'insert' || change.clusterTime!.greaterThan(now)) return ids;
      if (change.clusterTime!.greaterThan(at)) for (const { id } of change.fullDocument.events) ids.add(id);
    }
  } finally {
    await stream.close();
  }
}

/** The time of the last write of the replica set, once a majority has it: change streams show nothing newer. */
async function majorityNow(db: mongoose.mongo.Db): Promise<Timestamp> {
  type Hello = { lastWrite: Record<'opTime' | 'majorityOpTime', { ts: Timestamp }> };
  const hello = async (): Promise<Hello['lastWrite']> =>
    ((await db.command({ hello: 1 }, { readPreference: 'primary' })) as unknown as Hello).lastWrite;
  const { ts } = (await hello()).opTime;
  while ((await hello()).majorityOpTime.ts.lessThan(ts)) await wait(20);
  return ts;
}
