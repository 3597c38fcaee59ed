import type { Connection, mongo } from 'mongoose';
import { COLLECTIONS } from './collections.js';

/** What the journal was before it was one collection. */
const EARLIER = ['audit', 'outbox'] as const;
const AT_ONCE = 500;

/**
 * Takes the rows of an earlier installation, or of a backup of one, into the journal; with nothing to take it does nothing. The audit
 * log, which may be long, is renamed. An emptied collection stays, as a process of the earlier version may still be writing to it:
 * what it leaves there is taken at the next start, so end those first.
 */
export async function moveToJournal(connection: Connection, existing: ReadonlySet<string>): Promise<void> {
  const db = connection.db!;
  const [audit] = EARLIER;
  if (existing.has(audit) && !existing.has(COLLECTIONS.journal)) {
    // Two replicas start together: the other was first.
    await db.renameCollection(audit, COLLECTIONS.journal).catch((error: { codeName?: string }) => {
      if (error.codeName !== 'NamespaceNotFound' && error.codeName !== 'NamespaceExists') throw error;
    });
  }
  for (const name of EARLIER) if (existing.has(name)) while ((await moveSome(connection, db.collection(name))) > 0);
}

/** How many rows it moved, in one transaction: none is ever in both, or in neither. */
async function moveSome(connection: Connection, from: mongo.Collection): Promise<number> {
  return connection.getClient().withSession((session) =>
    session.withTransaction(
      async () => {
        const rows = await from.find({}, { session }).limit(AT_ONCE).toArray();
        if (rows.length === 0) return 0;
        await connection.db!.collection(COLLECTIONS.journal).insertMany(rows, { session });
        await from.deleteMany({ _id: { $in: rows.map(({ _id }) => _id) } }, { session });
        return rows.length;
      },
      { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', j: true } },
    ),
  );
}
