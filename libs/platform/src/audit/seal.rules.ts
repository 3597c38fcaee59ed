import { createHash } from 'node:crypto';

export interface AuditEntry {
  readonly _id: string;
  readonly actor: string;
  readonly action: string;
  readonly resource: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly day: string;
  readonly at?: string;
}

export interface SealedEntry extends AuditEntry {
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
}

export const GENESIS = '0'.repeat(64);

/** The hash that binds an entry to all before it: SHA-256 over number, previous hash and the entry's fields in order. */
export function sealOf(entry: AuditEntry, seq: number, prev: string): string {
  const { _id, actor, action, resource, outcome, reason, day, at } = entry;
  return createHash('sha256')
    .update(JSON.stringify([seq, prev, _id, actor, action, resource, outcome, reason ?? null, day, at ?? null]))
    .digest('hex');
}

export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

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
  let seq = 0;
  let prev = GENESIS;
  for await (const entry of entries) {
    seq += 1;
    if (entry.seq !== seq || entry.prev !== prev || entry.hash !== sealOf(entry, seq, prev)) {
      return { intact: false, firstBad: seq };
    }
    prev = entry.hash;
  }
  if (seq !== head.seq || (seq > 0 && prev !== head.hash))
    return { intact: false, firstBad: Math.min(seq, head.seq) + 1 };
  return { intact: true, entries: seq };
}
