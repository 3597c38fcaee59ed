export type Counts = Readonly<Record<string, number>>;

/** A published table: null where a count is withheld; the total holds for all cells. */
export interface Disclosed {
  readonly total: number | null;
  readonly cells: Readonly<Record<string, number | null>>;
}

/**
 * Withholds what would tell of a few: each count from 1 to k - 1, and, as the total is known, further cells, the smallest first and
 * empty ones last, until at least two are withheld that have at least twice k together. A table whose total is small is withheld
 * whole. One table by itself: two tables with common cells would need more.
 */
export function disclosed(counts: Counts, k: number): Disclosed {
  const names = Object.keys(counts).sort();
  const total = names.reduce((sum, name) => sum + counts[name]!, 0);
  if (total > 0 && total < k) return { total: null, cells: Object.fromEntries(names.map((name) => [name, null])) };
  const withheld = new Set(names.filter((name) => counts[name]! > 0 && counts[name]! < k));
  const sum = (): number => [...withheld].reduce((all, name) => all + counts[name]!, 0);
  if (withheld.size > 0) {
    const rest = names
      .filter((name) => !withheld.has(name))
      .sort((a, b) => Number(counts[a] === 0) - Number(counts[b] === 0) || counts[a]! - counts[b]! || (a < b ? -1 : 1));
    for (const name of rest) {
      if (withheld.size >= 2 && sum() >= 2 * k) break;
      withheld.add(name);
    }
  }
  return { total, cells: Object.fromEntries(names.map((name) => [name, withheld.has(name) ? null : counts[name]!])) };
}
