import type { Connection, mongo } from 'mongoose';
import { COLLECTIONS } from '../mongo/collections.js';
import {
  type AuditRow,
  type ChainHead,
  EMPTY_CHAIN,
  sealedEntries,
  type SealedEntry,
  sealRow,
  type Verdict,
  verifyChain,
} from './seal.rules.js';

type HeadRow = ChainHead & { _id: string };

/** Rows sealed in one transaction at most. */
export const SEAL_BLOCK = 500;

/**
 * Binds new entries into the hash chain; run by the lease holder, in the background, so that no business transaction
 * waits for the one before it. `today` decides which of the citizens' entries may be sealed. Returns how many rows were.
 */
export async function sealAudit(connection: Connection, today: string, limit = SEAL_BLOCK): Promise<number> {
  const db = connection.db!;
  const rows = db.collection<AuditRow>(COLLECTIONS.journal);
  const heads = db.collection<HeadRow>(COLLECTIONS.auditHead);
  const session = connection.getClient().startSession();
  try {
    return await session.withTransaction(
      async () => {
        const open = await rows
          .find({ seal: { $lte: today } }, { session })
          .sort({ seal: 1, at: 1, _id: 1 })
          .limit(limit)
          .toArray();
        if (open.length === 0) return 0;
        let head: ChainHead = (await heads.findOne({ _id: 'head' }, { session })) ?? EMPTY_CHAIN;
        const ops: mongo.AnyBulkWriteOperation<AuditRow>[] = [];
        for (const row of open) {
          const { first, hashes, head: next } = sealRow(row, head);
          ops.push({
            updateOne: { filter: { _id: row._id }, update: { $set: { first, hashes }, $unset: { seal: true } } },
          });
          head = next;
        }
        await rows.bulkWrite(ops, { session, ordered: true });
        const { seq, hash } = head;
        await heads.updateOne({ _id: 'head' }, { $set: { seq, hash } }, { upsert: true, session });
        return open.length;
      },
      { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', j: true } },
    );
  } finally {
    await session.endSession();
  }
}

/** Verifies the whole chain of a service's database; `waiting` rows are not sealed yet (citizens' of today, mostly). */
export async function verifyAudit(db: mongo.Db): Promise<Verdict & { waiting: number }> {
  const head = (await db.collection<HeadRow>(COLLECTIONS.auditHead).findOne({ _id: 'head' })) ?? EMPTY_CHAIN;
  const rows = db.collection<AuditRow>(COLLECTIONS.journal);
  const sealed = rows.find({ first: { $exists: true } }).sort({ first: 1 });
  const verdict = await verifyChain(entriesOf(sealed), head);
  return { ...verdict, waiting: await rows.countDocuments({ seal: { $exists: true } }) };
}

async function* entriesOf(rows: AsyncIterable<AuditRow>): AsyncGenerator<SealedEntry> {
  for await (const row of rows) yield* sealedEntries(row);
}
