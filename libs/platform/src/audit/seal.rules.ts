import { createHash } from 'node:crypto';
import { addDays, almatyDay } from '@aiqyn/contracts';

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
 * The audit entries of one commit as they are stored, never changed but for the seal. A citizen's are apart from those of
 * an office: they have a day and no instant, and a random id (an ObjectId would hold the second).
 */
export interface AuditRow {
  readonly _id: string;
  readonly day: string;
  readonly at?: string;
  readonly entries: readonly AuditInput[];
  /** Until it is sealed: the day from which it may be. */
  readonly seal?: string;
  /** Once it is sealed: the number of the first entry, and the hash of each. */
  readonly first?: number;
  readonly hashes?: readonly string[];
}

export const CITIZEN = 'public';

/**
 * The rows of a commit's entries. An office's may be sealed at once; a citizen's when their day is over, all of that day
 * in the order of their random ids: a place in the chain between two entries with an instant would tell the minute.
 */
export function rowsOfEntries(entries: readonly AuditInput[], now: Date, newId: () => string): AuditRow[] {
  const day = almatyDay(now);
  const citizens = entries.filter((e) => e.actor === CITIZEN);
  const offices = entries.filter((e) => e.actor !== CITIZEN);
  return [
    ...(citizens.length > 0 ? [{ _id: newId(), day, entries: citizens, seal: addDays(day, 1) }] : []),
    ...(offices.length > 0 ? [{ _id: newId(), day, at: now.toISOString(), entries: offices, seal: day }] : []),
  ];
}

/** One entry with its place in the chain. */
export interface SealedEntry extends AuditInput, Pick<AuditRow, '_id' | 'day' | 'at'> {
  readonly seq: number;
  readonly hash: string | undefined;
}

export const GENESIS = '0'.repeat(64);

export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

export const EMPTY_CHAIN: ChainHead = { seq: 0, hash: GENESIS };

/** The hash that binds an entry to all before it: SHA-256 over number, previous hash and the entry's fields in order. */
function hashOf(row: Pick<AuditRow, '_id' | 'day' | 'at'>, entry: AuditInput, seq: number, prev: string): string {
  const { actor, action, resource, outcome, reason } = entry;
  return createHash('sha256')
    .update(
      JSON.stringify([
        ...[seq, prev, row._id, actor, action, resource],
        ...[outcome, reason ?? null, row.day, row.at ?? null],
      ]),
    )
    .digest('hex');
}

/** Binds a row's entries to the chain that ends in `head`. */
export function sealRow(row: AuditRow, head: ChainHead): { first: number; hashes: string[]; head: ChainHead } {
  let { seq, hash } = head;
  const hashes = row.entries.map((entry) => {
    seq += 1;
    hash = hashOf(row, entry, seq, hash);
    return hash;
  });
  return { first: head.seq + 1, hashes, head: { seq, hash } };
}

/** The entries of a sealed row, each with the number and hash that the row says. */
export const sealedEntries = ({ _id, day, at, entries, first = 0, hashes = [] }: AuditRow): SealedEntry[] =>
  entries.map((entry, i) => ({ ...entry, _id, day, ...(at ? { at } : {}), seq: first + i, hash: hashes[i] }));

export type Verdict =
  { readonly intact: true; readonly entries: number } | { readonly intact: false; readonly firstBad: number };

/**
 * Checks sealed entries given in order of `seq` against the recorded head; names the first number at which the chain is
 * edited, reordered, missing an entry, or cut off.
 */
export async function verifyChain(
  entries: AsyncIterable<SealedEntry> | Iterable<SealedEntry>,
  head: ChainHead,
): Promise<Verdict> {
  let { seq, hash } = EMPTY_CHAIN;
  for await (const entry of entries) {
    seq += 1;
    const right = hashOf(entry, entry, seq, hash);
    if (entry.seq !== seq || entry.hash !== right) return { intact: false, firstBad: seq };
    hash = right;
  }
  if (seq !== head.seq || hash !== head.hash) return { intact: false, firstBad: Math.min(seq, head.seq) + 1 };
  return { intact: true, entries: seq };
}
