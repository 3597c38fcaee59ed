import { isDay, RuleError } from '@aiqyn/contracts';

export interface StatisticsPack {
  readonly id: string;
  readonly effectiveFrom: string;
  /** A count below it, other than 0, is not published. */
  readonly smallestCount: number;
}

/** Reads the pack; throws RuleError `bad_policy` naming the field. */
export function statisticsPack(raw: unknown): StatisticsPack {
  const pack = raw as StatisticsPack;
  const bad = (field: string): never => {
    throw new RuleError('bad_policy', `statistics pack: ${field} is missing or wrong`, { field });
  };
  if (typeof pack?.id !== 'string') bad('id');
  if (!isDay(pack.effectiveFrom)) bad('effectiveFrom');
  if (!Number.isInteger(pack.smallestCount) || pack.smallestCount < 2) bad('smallestCount');
  return pack;
}

export type Cells = Readonly<Record<string, number>>;
/** A published table: null where a count is withheld; the total holds for all cells. */
export interface Table {
  readonly total: number | null;
  readonly cells: Readonly<Record<string, number | null>>;
}

/**
 * Withholds what would tell of a few persons. Primary: each count from 1 to k - 1. Complementary: since the total is
 * known, further cells, smallest first (zeros last), until what is withheld has at least two cells and together at least
 * twice k: then each of them can have more than one value for whoever knows the rest. A table whose total is small is
 * withheld whole.
 */
export function disclose(cells: Cells, k: number): Table {
  const total = Object.values(cells).reduce((sum, n) => sum + n, 0);
  const names = Object.keys(cells).sort();
  if (total > 0 && total < k) return { total: null, cells: Object.fromEntries(names.map((name) => [name, null])) };
  const withheld = new Set(names.filter((name) => cells[name]! > 0 && cells[name]! < k));
  if (withheld.size > 0) {
    const rest = names
      .filter((name) => !withheld.has(name))
      .sort((a, b) => Number(cells[a] === 0) - Number(cells[b] === 0) || cells[a]! - cells[b]! || (a < b ? -1 : 1));
    const sum = (): number => [...withheld].reduce((s, name) => s + cells[name]!, 0);
    for (const name of rest) {
      if (withheld.size >= 2 && sum() >= 2 * k) break;
      withheld.add(name);
    }
  }
  return {
    total,
    cells: Object.fromEntries(names.map((name) => [name, withheld.has(name) ? null : cells[name]!])),
  };
}
