/**
 * The tables of an edition as one system: cells that may be told or withheld, and sums between them. Whoever reads the report
 * knows the sums and every cell that is told; what is withheld must not follow from them (domain notes 5.2).
 */
export interface Cell {
  readonly id: string;
  /** A count; whole and not negative. */
  readonly value: number;
  /** Withheld because few stand behind it, whatever else is told. */
  readonly primary: boolean;
  /** Always told: it was printed before, or the law asks for it. */
  readonly fixed?: boolean;
}

/** The parts give the total. */
export interface Sum {
  readonly total: string;
  readonly parts: readonly string[];
}

/** A difference between two editions that may not be found out either: what came late may be one report. */
export interface Guarded {
  readonly id: string;
  readonly minus: string;
}

export interface LinkedTables {
  readonly cells: readonly Cell[];
  readonly sums: readonly Sum[];
  readonly guarded?: readonly Guarded[];
}

/** Between which values a reader can pin down what is withheld. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** A linear programme: between which values does an expression lie, given what is told. */
export interface Question {
  /** Withheld cells with their factor in the expression. */
  readonly terms: readonly { readonly id: string; readonly factor: number }[];
  /** What the told cells add to the expression. */
  readonly constant: number;
}

/** What a reader knows: equations over the withheld cells alone. */
export interface Known {
  readonly unknowns: readonly string[];
  readonly equations: readonly {
    readonly terms: readonly { readonly id: string; readonly factor: number }[];
    readonly equals: number;
  }[];
}

/** The equations that are left once every told cell is put in; those without anything withheld are left out. */
export function known({ cells, sums }: LinkedTables, withheld: ReadonlySet<string>): Known {
  const values = new Map(cells.map(({ id, value }) => [id, value]));
  const equations = sums.flatMap(({ total, parts }) => {
    const terms = [{ id: total, factor: -1 }, ...parts.map((id) => ({ id, factor: 1 }))];
    const open = terms.filter(({ id }) => withheld.has(id));
    if (open.length === 0) return [];
    const told = terms.filter(({ id }) => !withheld.has(id));
    return [{ terms: open, equals: -told.reduce((sum, { id, factor }) => sum + factor * values.get(id)!, 0) }];
  });
  return { unknowns: cells.filter(({ id }) => withheld.has(id)).map(({ id }) => id), equations };
}

/** The expressions that must stay uncertain: each withheld cell, and each guarded difference that is not told as it is. */
export function questionsOf(
  { cells, guarded = [] }: LinkedTables,
  withheld: ReadonlySet<string>,
): ReadonlyMap<string, Question> {
  const values = new Map(cells.map(({ id, value }) => [id, value]));
  const questions = new Map<string, Question>();
  for (const { id } of cells) if (withheld.has(id)) questions.set(id, { terms: [{ id, factor: 1 }], constant: 0 });
  for (const { id, minus } of guarded) {
    const both = [
      { id, factor: 1 },
      { id: minus, factor: -1 },
    ];
    const constant = both.filter((t) => !withheld.has(t.id)).reduce((sum, t) => sum + t.factor * values.get(t.id)!, 0);
    questions.set(`${id} - ${minus}`, { terms: both.filter((t) => withheld.has(t.id)), constant });
  }
  return questions;
}

/** Cells that are linked with the cell by sums, over any number of them. */
export function linkedWith(id: string, sums: readonly Sum[]): ReadonlySet<string> {
  const linked = new Set([id]);
  for (let size = 0; size !== linked.size;) {
    size = linked.size;
    for (const { total, parts } of sums) {
      const all = [total, ...parts];
      if (all.some((one) => linked.has(one))) for (const one of all) linked.add(one);
    }
  }
  return linked;
}
