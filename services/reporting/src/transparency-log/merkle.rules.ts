import { EMPTY_ROOT, nodeHash, RuleError } from '@aiqyn/contracts';

/**
 * An append-only Merkle tree as RFC 6962 section 2.1 (RFC 9162) hashes it. Hashes are hexadecimal. Only what the log
 * itself needs stands here; what checks its proofs is `verify-receipt.ts`, which runs without Node.
 */

/** No tree is larger: far above it a logarithm in floating point is rounded up to the next power, and a proof would have no end. */
export const LARGEST = 2 ** 40;

/** The largest power of two below `n`. */
const split = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));

/** The hash over perfect subtrees that stand side by side, largest first. */
export const joined = (perfect: readonly string[]): string =>
  perfect.length === 0 ? EMPTY_ROOT : perfect.reduceRight((right, left) => nodeHash(left, right));

/** The root of a small tree and, for each of its leaves, the proof that it is there, the lowest hash first. */
export function smallTree(leaves: readonly string[]): { root: string; proofs: string[][] } {
  if (leaves.length < 2) return { root: leaves[0] ?? EMPTY_ROOT, proofs: leaves.map(() => []) };
  const middle = split(leaves.length);
  const [left, right] = [smallTree(leaves.slice(0, middle)), smallTree(leaves.slice(middle))];
  return {
    root: nodeHash(left.root, right.root),
    proofs: [...left.proofs.map((p) => [...p, right.root]), ...right.proofs.map((p) => [...p, left.root])],
  };
}

/** A leaf with its place: the subtrees that it completes, smallest first, and the root of the tree that ends in it. */
export interface Appended {
  readonly index: number;
  readonly leaf: string;
  readonly nodes: readonly string[];
  readonly root: string;
}

/** Appends leaves to a tree of `size` leaves whose perfect subtrees are `frontier`, largest first. */
export function append(
  size: number,
  frontier: readonly string[],
  leaves: readonly string[],
): { entries: Appended[]; frontier: string[] } {
  const stack = [...frontier];
  const entries = leaves.map((leaf, i): Appended => {
    const nodes: string[] = [];
    let hash = leaf;
    for (let n = size + i; n % 2 === 1; n = (n - 1) / 2) {
      hash = nodeHash(stack.pop()!, hash);
      nodes.push(hash);
    }
    stack.push(hash);
    return { index: size + i, leaf, nodes, root: joined(stack) };
  });
  return { entries, frontier: stack };
}

/** Leaves from `start` up to, not including, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The subtrees that prove the leaf at `index` of a tree of `size`, the lowest first; throws RuleError `no_such_entry`. */
export function inclusionRanges(index: number, size: number): Range[] {
  if (index < 0 || index >= size) throw new RuleError('no_such_entry', 'the index lies below the size of the tree');
  const path: Range[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + split(end - start);
    path.push(index < middle ? { start: middle, end } : { start, end: middle });
    [start, end] = index < middle ? [start, middle] : [middle, end];
  }
  return path.reverse();
}

/** The subtrees that prove the first `first` leaves to be the beginning of `second`; throws RuleError `no_such_size`. */
export function consistencyRanges(first: number, second: number): Range[] {
  if (first < 1 || first > second)
    throw new RuleError('no_such_size', 'first is at least 1 and at most second', { field: 'first' });
  if (first === second) return [];
  const path: Range[] = [];
  let [start, end] = [0, second];
  while (end !== first) {
    const middle = start + split(end - start);
    path.push(first <= middle ? { start: middle, end } : { start, end: middle });
    [start, end] = first <= middle ? [start, middle] : [middle, end];
  }
  // Whoever checks knows the first root; it stands in the proof only where it is part of a larger tree.
  if (start > 0) path.push({ start, end });
  return path.reverse();
}

/** Where the hash of a perfect subtree is kept: at the entry that completes it, and how high it is (0: the leaf). */
export interface Kept {
  readonly entry: number;
  readonly height: number;
}

/** The perfect subtrees that make up a subtree, largest first. */
export function perfectIn({ start, end }: Range): Kept[] {
  const parts: Kept[] = [];
  for (let at = start; at < end;) {
    const height = Math.floor(Math.log2(end - at));
    at += 2 ** height;
    parts.push({ entry: at - 1, height });
  }
  return parts;
}
