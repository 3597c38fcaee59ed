import { hash as digest } from 'node:crypto';

/** Hashes of a Merkle tree as RFC 6962 section 2.1 (RFC 9162) has them, hexadecimal. */
const sha256 = (...parts: Uint8Array[]): string => digest('sha256', Buffer.concat(parts), 'hex');

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const leafHash = (data: Uint8Array): string => sha256(LEAF, data);
export const nodeHash = (left: string, right: string): string =>
  sha256(NODE, Buffer.from(left, 'hex'), Buffer.from(right, 'hex'));

/** The root of a tree without leaves. */
export const EMPTY_ROOT = sha256();

/** The levels of a tree from its leaves up: pairs side by side, one that is left over goes up as it is. */
function* levels(leaves: readonly string[]): Generator<readonly string[]> {
  let level = leaves;
  while (level.length > 1) {
    yield level;
    const next: string[] = [];
    for (let i = 0; i + 1 < level.length; i += 2) next.push(nodeHash(level[i]!, level[i + 1]!));
    if (level.length % 2 === 1) next.push(level.at(-1)!);
    level = next;
  }
  yield level;
}

/** The root over leaf hashes; a million of them take some two seconds. */
export function rootOf(leaves: readonly string[]): string {
  let top: readonly string[] = leaves;
  for (const level of levels(leaves)) top = level;
  return top[0] ?? EMPTY_ROOT;
}

/** The hashes beside the way from a leaf to the root, the lowest first; throws RangeError when there is no such leaf. */
export function inclusionProof(leaves: readonly string[], index: number): string[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError('no such leaf');
  const proof: string[] = [];
  let at = index;
  for (const level of levels(leaves)) {
    const beside = level[at ^ 1];
    if (beside !== undefined) proof.push(beside);
    at >>= 1;
  }
  return proof;
}

/** The root that a proof leads to from a leaf (RFC 9162 section 2.1.3.2); undefined when its length does not fit. */
export function rootFromProof(leaf: string, index: number, size: number, proof: readonly string[]): string | undefined {
  if (index < 0 || index >= size) return undefined;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const beside of proof) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(beside, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at >> 1, last >> 1];
    } else hash = nodeHash(hash, beside);
    [at, last] = [at >> 1, last >> 1];
  }
  return last === 0 ? hash : undefined;
}
