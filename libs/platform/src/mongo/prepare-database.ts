import type { Connection, mongo } from 'mongoose';
import { UNSENT } from '../outbox/outbox.rules.js';
import { COLLECTIONS } from './collections.js';
import { moveToJournal, renameToJournal } from './move-to-journal.js';

/** The index sets of the platform's collections; sealed audit entries are numbered without a gap. */
function platformIndexes(inboxDays: number): [string, mongo.IndexDescription[]][] {
  return [
    [
      COLLECTIONS.inbox,
      [
        { key: { ids: 1 }, unique: true },
        { key: { day: 1 }, expireAfterSeconds: inboxDays * 86_400 },
      ],
    ],
    [COLLECTIONS.parked, [{ key: { key: 1, topic: 1, partition: 1, offset: 1 } }]],
    [
      COLLECTIONS.journal,
      [
        { key: { place: 1 }, partialFilterExpression: UNSENT },
        { key: { first: 1 }, unique: true, partialFilterExpression: { first: { $exists: true } } },
        { key: { seal: 1, at: 1, _id: 1 }, partialFilterExpression: { seal: { $exists: true } } },
        // Of sealed entries only, so a search says `first: { $exists: true }` too: with the others each report wrote to one more
        // random place of a growing tree.
        {
          name: 'sealed_by_resource',
          key: { 'entries.resource': 1 },
          partialFilterExpression: { first: { $exists: true } },
        },
      ],
    ],
    [COLLECTIONS.auditHead, []],
    [COLLECTIONS.idempotency, [{ key: { expireAt: 1 }, expireAfterSeconds: 0 }]],
    [COLLECTIONS.leases, []],
    [COLLECTIONS.timers, [{ key: { dueAt: 1 } }]],
  ];
}

/** Indexes by their names that earlier versions made and nothing reads any more, by collection. */
export type RetiredIndexes = Readonly<Record<string, readonly string[]>>;

// `at_1` of the journal stays a version longer: during a rolling update pods of the earlier one read by it.
const RETIRED: RetiredIndexes = { [COLLECTIONS.journal]: ['keys_1', 'entries.resource_1'] };

/**
 * Creates collections and indexes before a service serves: they cannot be made inside a transaction, and `autoIndex`
 * would race it. Drops none but those that are named as retired: each write would go on paying for them.
 */
export async function prepareDatabase(
  connection: Connection,
  inboxDays: number,
  retired: RetiredIndexes = {},
): Promise<void> {
  const db = connection.db!;
  const existing = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map((c) => c.name));
  if (await renameToJournal(connection, existing)) existing.add(COLLECTIONS.journal);
  const create = async (name: string): Promise<void> => {
    if (existing.has(name)) return;
    await db.createCollection(name).catch((error: { codeName?: string }) => {
      // Two replicas start together: the other was first.
      if (error.codeName !== 'NamespaceExists') throw error;
    });
  };
  for (const [name, indexes] of platformIndexes(inboxDays)) {
    await create(name);
    if (indexes.length > 0) await db.collection(name).createIndexes(indexes);
  }
  await moveToJournal(connection);
  for (const model of Object.values(connection.models)) {
    await create(model.collection.collectionName);
    await model.createIndexes();
  }
  for (const [name, indexes] of [RETIRED, retired].flatMap((one) => Object.entries(one)))
    for (const index of indexes) await dropIndex(db.collection(name), index);
}

async function dropIndex(rows: mongo.Collection, name: string): Promise<void> {
  await rows.dropIndex(name).catch((error: { codeName?: string }) => {
    // Never made here, or dropped at an earlier start.
    if (error.codeName !== 'IndexNotFound') throw error;
  });
}
