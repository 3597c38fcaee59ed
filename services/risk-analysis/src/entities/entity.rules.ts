import type { EntityType } from './link.rules.js';

/** What is known of one, from all sources together. */
export interface Known {
  readonly type: EntityType;
  /** Of companies and bodies; the names of persons are not stored. */
  readonly names: readonly string[];
  /** Each name as the keyed hashes of its words, joined: only to be compared. */
  readonly words: readonly string[];
  /** Keyed hashes of days of birth. */
  readonly born: readonly string[];
  readonly sources: readonly string[];
  /** Nobody known stands behind it, and why: a code of BODS. */
  readonly unspecified?: string | null;
}

/** Variants of a name that are kept. */
const KEPT = 20;

const union = (a: readonly string[], b: readonly string[], kept: number): string[] =>
  [...new Set([...a, ...b])].sort().slice(0, kept);

/** Both put together: whichever comes first, and however often, the result is the same. */
export function together(a: Known, b: Known): Known {
  const order: readonly EntityType[] = ['Company', 'PublicBody', 'Person'];
  const unspecified = a.unspecified && b.unspecified ? [a.unspecified, b.unspecified].sort()[0]! : null;
  return {
    type: order[Math.max(order.indexOf(a.type), order.indexOf(b.type))]!,
    names: union(a.names, b.names, KEPT),
    words: union(a.words, b.words, KEPT),
    born: union(a.born, b.born, KEPT),
    sources: union(a.sources, b.sources, Infinity),
    unspecified,
  };
}

export const isSame = (a: Known, b: Known): boolean =>
  a.type === b.type &&
  (a.unspecified ?? null) === (b.unspecified ?? null) &&
  (['names', 'words', 'born', 'sources'] as const).every((list) => a[list].join('\n') === b[list].join('\n'));
