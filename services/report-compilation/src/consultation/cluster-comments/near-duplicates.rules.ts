/** How alike two comments must be to be answered as one; numbers are data of the policy. */
export interface DuplicateMeasure {
  /** Words in a row that are compared as one. */
  readonly shingleWords: number;
  /** Comments that agree in all rows of one band are looked at closely. */
  readonly bands: number;
  readonly rows: number;
  readonly seed: number;
  /** The least share of common shingles (Jaccard) of two comments that belong together. */
  readonly threshold: number;
}

export interface Told {
  readonly id: string;
  readonly text: string;
}

/** Letters that are one letter for somebody who types without a Kazakh layout, or with a Latin one. */
const FOLDED: Readonly<Record<string, string>> = {
  ...{ ә: 'а', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х', і: 'и', ғ: 'г', ё: 'е', й: 'и' },
  ...{ a: 'а', b: 'в', c: 'с', e: 'е', h: 'н', i: 'и', k: 'к', m: 'м', o: 'о', p: 'р', t: 'т', x: 'х', y: 'у' },
};

/** Words in one form: compatibility forms composed, lower case, letters that look alike as one. Signs between words do not count. */
export const wordsOf = (text: string): string[] =>
  (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).map((word) => [...word].map((letter) => FOLDED[letter] ?? letter).join(''));

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Mixes a number so that each bit of it changes half of the others (murmur3). */
function mixed(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The shingles of a text, as hashes; a text of fewer words is one shingle, a text without words none. */
export function shinglesOf(text: string, { shingleWords }: DuplicateMeasure): ReadonlySet<number> {
  const words = wordsOf(text);
  if (words.length === 0) return new Set();
  const count = Math.max(1, words.length - shingleWords + 1);
  return new Set(Array.from({ length: count }, (_, i) => hashOf(words.slice(i, i + shingleWords).join(' '))));
}

export function jaccard(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let common = 0;
  for (const one of small) if (large.has(one)) common += 1;
  const all = a.size + b.size - common;
  return all === 0 ? 0 : common / all;
}

/** The keys of the bands of a text: the least of its shingles under each of the orders that the seed gives (MinHash). */
export function bandsOf(shingles: ReadonlySet<number>, { bands, rows, seed }: DuplicateMeasure): string[] {
  const least = Array.from({ length: bands * rows }, (_, i) => {
    const salt = mixed(seed + i * 0x9e3779b1);
    let min = 0xffffffff;
    for (const one of shingles) {
      const under = mixed(one ^ salt);
      if (under < min) min = under;
    }
    return min;
  });
  return Array.from({ length: bands }, (_, b) => `${b}:${least.slice(b * rows, (b + 1) * rows).join('.')}`);
}

/** What is known of a text once it was looked at. */
export interface Looked {
  readonly id: string;
  readonly shingles: ReadonlySet<number>;
  readonly bands: readonly string[];
}

export function lookedAt({ id, text }: Told, measure: DuplicateMeasure): Looked {
  const shingles = shinglesOf(text, measure);
  return { id, shingles, bands: shingles.size === 0 ? [] : bandsOf(shingles, measure) };
}

/**
 * Which texts belong together: for each id the first id (in the order of ids) of its cluster. Two belong together when they share a
 * band and the threshold, and so do those that a chain of such pairs connects. The order in which they come changes nothing.
 */
export function clustersOf(texts: readonly Looked[], { threshold }: DuplicateMeasure): ReadonlyMap<string, string> {
  const sorted = [...texts].sort((a, b) => (a.id < b.id ? -1 : 1));
  const parent = sorted.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  const buckets = new Map<string, number[]>();
  for (const [i, { bands }] of sorted.entries()) {
    for (const band of bands) {
      const bucket = buckets.get(band);
      if (bucket) bucket.push(i);
      else buckets.set(band, [i]);
    }
  }
  for (const bucket of buckets.values()) {
    for (const [at, i] of bucket.entries()) {
      for (const j of bucket.slice(0, at)) {
        const [a, b] = [root(i), root(j)];
        // Pairs that are already together need no second look; the lower one stays the root, so that it is the first id.
        if (a === b || jaccard(sorted[i]!.shingles, sorted[j]!.shingles) < threshold) continue;
        parent[Math.max(a, b)] = Math.min(a, b);
      }
    }
  }
  return new Map(sorted.map(({ id }, i) => [id, sorted[root(i)]!.id]));
}
