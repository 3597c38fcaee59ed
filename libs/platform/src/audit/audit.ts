import type { Connection, mongo } from 'mongoose';
import { COLLECTIONS } from '../mongo/collections.js';
import {
  type AuditEntry,
  type ChainHead,
  GENESIS,
  type SealedEntry,
  sealOf,
  type Verdict,
  verifyChain,
} from './seal.rules.js';

type Row = AuditEntry & Partial<Pick<SealedEntry, 'seq' | 'prev' | 'hash'>> & { sealed: boolean };
type HeadRow = ChainHead & { _id: string };

/** Entries sealed in one transaction at most. */
export const SEAL_BLOCK = 1_000;

/**
 * Binds new entries into the hash chain, oldest day first; run by the lease holder, in the background, so that no
 * business transaction waits for the one before it. Returns how many were sealed.
 */
export async function sealAudit(connection: Connection, limit = SEAL_BLOCK): Promise<number> {
  const db = connection.db!;
  const entries = db.collection<Row>(COLLECTIONS.audit);
  const heads = db.collection<HeadRow>(COLLECTIONS.auditHead);
  const session = connection.getClient().startSession();
  try {
    return await session.withTransaction(
      async () => {
        const open = await entries
          .find({ sealed: false }, { session })
          .sort({ sealed: 1, day: 1 })
          .limit(limit)
          .toArray();
        if (open.length === 0) return 0;
        let { seq, hash } = (await heads.findOne({ _id: 'head' }, { session })) ?? { seq: 0, hash: GENESIS };
        const ops: mongo.AnyBulkWriteOperation<Row>[] = [];
        for (const entry of open) {
          const prev = hash;
          seq += 1;
          hash = sealOf(entry, seq, prev);
          ops.push({ updateOne: { filter: { _id: entry._id }, update: { $set: { seq, prev, hash, sealed: true } } } });
        }
        await entries.bulkWrite(ops, { session, ordered: true });
        await heads.updateOne({ _id: 'head' }, { $set: { seq, hash } }, { upsert: true, session });
        return open.length;
      },
      { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', j: true } },
    );
  } finally {
    await session.endSession();
  }
}

/** Verifies the whole chain of a service's database. */
export async function verifyAudit(db: mongo.Db): Promise<Verdict> {
  const head = (await db.collection<HeadRow>(COLLECTIONS.auditHead).findOne({ _id: 'head' })) ?? {
    seq: 0,
    hash: GENESIS,
  };
  const sealed = db
    .collection<SealedEntry & { _id: string; sealed: boolean }>(COLLECTIONS.audit)
    .find({ sealed: true })
    .sort({ seq: 1 });
  return verifyChain(sealed, head);
}
