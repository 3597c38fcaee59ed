import { RuleError } from '@aiqyn/contracts';
import {
  type Cell,
  known,
  type Known,
  type LinkedTables,
  linkedWith,
  type Question,
  questionsOf,
  type Range,
  type Sum,
} from './linked-tables.rules.js';

/** Finds the smallest and largest value of each expression that agrees with what is told. */
export type Auditor = (told: Known, questions: ReadonlyMap<string, Question>) => ReadonlyMap<string, Range>;

export interface Withheld {
  /** Few stand behind them. */
  readonly primary: ReadonlySet<string>;
  /** Told they would give away another one. */
  readonly complementary: ReadonlySet<string>;
}

/** The audit's own last word: what is left within a range narrower than `k`; empty when nothing can be recovered. */
export function recoverable(tables: LinkedTables, withheld: ReadonlySet<string>, k: number, audit: Auditor): string[] {
  const questions = questionsOf(tables, withheld);
  const ranges = audit(known(tables, withheld), questions);
  // Linear programmes answer to a millionth.
  return [...ranges].filter(([, { low, high }]) => high - low < k - 1e-6).map(([id]) => id);
}

/**
 * Withholds small cells and, until the audit finds no cell that can be pinned down to fewer than `k` values, further ones: of the
 * tables that the exposed cell stands in the smallest that is told, zeros last. Throws RuleError `cannot_be_withheld` when what
 * was printed before gives it away.
 */
export function withhold(tables: LinkedTables, k: number, audit: Auditor): Withheld {
  const cells = new Map(tables.cells.map((cell) => [cell.id, cell]));
  const primary = new Set(tables.cells.filter((cell) => cell.primary && !cell.fixed).map(({ id }) => id));
  const complementary = new Set<string>();
  const sumsOf = Map.groupBy(
    tables.sums.flatMap((sum) => [sum.total, ...sum.parts].map((id) => ({ id, sum }))),
    ({ id }) => id,
  );
  const all = (): Set<string> => new Set([...primary, ...complementary]);
  const farther = (id: string): readonly Sum[] => {
    const linked = linkedWith(id, tables.sums);
    return tables.sums.filter(({ total }) => linked.has(total));
  };
  const hide = (exposed: string): void => {
    const [id, minus] = exposed.split(' - ') as [string, string | undefined];
    // A difference of two told values is no longer told once the newer one is not.
    const first = minus !== undefined && !all().has(id) && !cells.get(id)!.fixed ? cells.get(id) : undefined;
    const next =
      first ??
      cheapest(sumsOf.get(id)?.map(({ sum }) => sum) ?? [], all(), cells) ??
      // Everything beside it is withheld, and it is still bounded by sums further off.
      cheapest(farther(id), all(), cells);
    if (!next)
      throw new RuleError('cannot_be_withheld', 'what was printed before gives a small number away', { field: id });
    complementary.add(next.id);
  };
  // Before any programme is solved: a sum with one thing withheld gives it away.
  for (let again = true; again;) {
    again = false;
    for (const { total, parts } of tables.sums) {
      const hidden = [total, ...parts].filter((id) => all().has(id));
      if (hidden.length !== 1) continue;
      const next = cheapest([{ total, parts }], all(), cells);
      if (!next) continue;
      complementary.add(next.id);
      again = true;
    }
  }
  for (;;) {
    const exposed = recoverable(tables, all(), k, audit);
    if (exposed.length === 0) return { primary, complementary };
    // One at a time of each: what protects the first often protects the next as well.
    const before = all().size;
    hide(exposed[0]!);
    if (all().size === before) throw new Error('nothing more was withheld');
  }
}

/** The told cell of these sums that costs the least: parts before totals, small before large, zeros last. */
function cheapest(
  sums: readonly Sum[],
  withheld: ReadonlySet<string>,
  cells: ReadonlyMap<string, Cell>,
): Cell | undefined {
  const totals = new Set(sums.map(({ total }) => total));
  const told = [...new Set(sums.flatMap(({ total, parts }) => [...parts, total]))]
    .filter((id) => !withheld.has(id) && !cells.get(id)!.fixed)
    .map((id) => cells.get(id)!);
  const cost = ({ id, value }: Cell): number => (totals.has(id) ? 1e12 : 0) + (value === 0 ? 1e9 : value);
  return told.sort((a, b) => cost(a) - cost(b) || (a.id < b.id ? -1 : 1))[0];
}
