import type { Connection, mongo } from 'mongoose';
import { COLLECTIONS } from './collections.js';

/** What the journal was before it was one collection. */
const EARLIER = ['audit', 'outbox'] as const;
const AT_ONCE = 500;

/**
 * Makes the audit log of an earlier installation, which may be long, the journal by renaming it, before the journal is made. Tells
 * whether it did.
 */
export async function renameToJournal(connection: Connection, existing: ReadonlySet<string>): Promise<boolean> {
  const [audit] = EARLIER;
  if (!existing.has(audit) || existing.has(COLLECTIONS.journal)) return false;
  try {
    await connection.db!.renameCollection(audit, COLLECTIONS.journal);
  } catch (error) {
    const { codeName } = error as { codeName?: string };
    // Two replicas start together: the other was first.
    if (codeName !== 'NamespaceNotFound' && codeName !== 'NamespaceExists') throw error;
  }
  return true;
}

/**
 * Takes the rows that an earlier version left, or that a process of it still writes during a rolling update, into the journal; run at
 * the start and again and again by the lease holder. The emptied collections stay, since dropping one could lose what is just written.
 */
export async function moveToJournal(connection: Connection): Promise<void> {
  for (const name of EARLIER) while ((await moveSome(connection, connection.db!.collection(name))) > 0);
}

/** How many rows it moved, in one transaction: none is ever in both, or in neither. */
async function moveSome(connection: Connection, from: mongo.Collection): Promise<number> {
  if (!(await from.findOne({}, { projection: { _id: 1 } }))) return 0;
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
