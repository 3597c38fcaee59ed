import { type Auditor, withhold } from '../../numbers/withhold-numbers/withhold.rules.js';

export type Counts = Readonly<Record<string, number>>;

/** A published table: null where a count is withheld; the total holds for all cells. */
export interface Disclosed {
  readonly total: number | null;
  readonly cells: Readonly<Record<string, number | null>>;
}

const TOTAL = '';

/** One table by itself, withheld as the tables of the National Report are; one whose total is small is withheld whole. */
export function disclosed(counts: Counts, k: number, audit: Auditor): Disclosed {
  const names = Object.keys(counts).sort();
  const total = names.reduce((sum, name) => sum + counts[name]!, 0);
  const isSmall = total > 0 && total < k;
  const cells = [...names, TOTAL].map((id) => {
    const value = id === TOTAL ? total : counts[id]!;
    return { id, value, primary: isSmall || (value > 0 && value < k) };
  });
  const { primary, complementary } = withhold({ cells, sums: [{ total: TOTAL, parts: names }] }, k, audit);
  const told = (id: string, value: number): number | null => (primary.has(id) || complementary.has(id) ? null : value);
  return {
    total: told(TOTAL, total),
    cells: Object.fromEntries(names.map((name) => [name, told(name, counts[name]!)])),
  };
}
