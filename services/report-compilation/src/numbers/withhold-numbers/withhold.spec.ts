import { beforeAll, describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import { linearAuditor } from './audit.js';
import { type Cell, known, type LinkedTables, questionsOf, type Sum } from './linked-tables.rules.js';
import { type Auditor, recoverable, withhold } from './withhold.rules.js';

interface Model {
  readonly optimize: string;
  readonly opType: 'min' | 'max';
  readonly constraints: Record<string, { equal: number }>;
  readonly variables: Record<string, Record<string, number>>;
}
/** Another solver than the one of the product, by other hands (pure simplex): whoever suppresses must not be who checks. */
const simplex = createRequire(import.meta.url)('javascript-lp-solver') as {
  Solve(model: Model): { feasible: boolean; bounded: boolean; result: number };
};

const otherAuditor: Auditor = ({ equations, unknowns }, questions) =>
  new Map(
    [...questions].map(([name, { terms, constant }]) => {
      const variables: Record<string, Record<string, number>> = Object.fromEntries(
        unknowns.map((id) => [id, { o: 0 }]),
      );
      equations.forEach((equation, i) =>
        equation.terms.forEach(({ id, factor }) => (variables[id]![`c${i}`] = factor)),
      );
      for (const { id, factor } of terms) variables[id]!['o'] = factor;
      const constraints = Object.fromEntries(equations.map(({ equals }, i) => [`c${i}`, { equal: equals }]));
      const solve = (opType: 'min' | 'max'): number => {
        const { feasible, bounded, result } = simplex.Solve({ optimize: 'o', opType, constraints, variables });
        if (!feasible) throw new Error('the true values would be no solution');
        return bounded === false ? (opType === 'max' ? Infinity : -Infinity) : result + constant;
      };
      return [name, terms.length === 0 ? { low: constant, high: constant } : { low: solve('min'), high: solve('max') }];
    }),
  );

/** Repeatable numbers from 0 to 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Region by article and region by level over the same cases, with all margins: tables that share their region totals. */
function linkedTables(seed: number, regions: number, articles: number, levels: number): LinkedTables {
  const next = random(seed);
  const count = (): number =>
    next() < 0.05 ? 1 + Math.floor(next() * 4) : next() < 0.05 ? 0 : 5 + Math.floor(next() * 200);
  const values = new Map<string, number>();
  const sums: Sum[] = [];
  const total = (id: string, parts: string[]): void => {
    values.set(
      id,
      parts.reduce((sum, part) => sum + values.get(part)!, 0),
    );
    sums.push({ total: id, parts });
  };
  for (let r = 0; r < regions; r += 1) {
    for (let a = 0; a < articles; a += 1) values.set(`a${r}.${a}`, count());
    total(
      `r${r}`,
      Array.from({ length: articles }, (_, a) => `a${r}.${a}`),
    );
    // The same cases by level: a split of the region's total.
    let left = values.get(`r${r}`)!;
    for (let l = 0; l < levels; l += 1) {
      const part = l === levels - 1 ? left : Math.floor(left * next() * (next() < 0.1 ? 0.01 : 0.7));
      values.set(`l${r}.${l}`, part);
      left -= part;
    }
    sums.push({ total: `r${r}`, parts: Array.from({ length: levels }, (_, l) => `l${r}.${l}`) });
  }
  const rows = Array.from({ length: regions }, (_, r) => r);
  for (let a = 0; a < articles; a += 1)
    total(
      `A${a}`,
      rows.map((r) => `a${r}.${a}`),
    );
  for (let l = 0; l < levels; l += 1)
    total(
      `L${l}`,
      rows.map((r) => `l${r}.${l}`),
    );
  total(
    'all',
    rows.map((r) => `r${r}`),
  );
  sums.push({ total: 'all', parts: Array.from({ length: articles }, (_, a) => `A${a}`) });
  sums.push({ total: 'all', parts: Array.from({ length: levels }, (_, l) => `L${l}`) });
  return { cells: [...values].map(([id, value]): Cell => ({ id, value, primary: value > 0 && value < 5 })), sums };
}

describe('R7: what is withheld', () => {
  let audit: Auditor;
  beforeAll(async () => {
    audit = await linearAuditor();
  });

  it('cannot be recovered from 200 linked tables, as another solver finds', () => {
    let [hidden, primary] = [0, 0];
    for (let seed = 1; seed <= 200; seed += 1) {
      const tables = linkedTables(seed, 6, 4, 3);
      const outcome = withhold(tables, 5, audit);
      const withheld = new Set([...outcome.primary, ...outcome.complementary]);
      expect(recoverable(tables, withheld, 5, otherAuditor)).toEqual([]);
      hidden += withheld.size;
      primary += outcome.primary.size;
    }
    // It withholds no table whole: of 66 cells a table some.
    expect(primary).toBeGreaterThan(400);
    expect(hidden).toBeLessThan(200 * 66 * 0.5);
  });

  it('would be recovered nearly always if only small cells were withheld: the audit sees it', () => {
    let [small, found] = [0, 0];
    for (let seed = 1; seed <= 40; seed += 1) {
      const tables = linkedTables(seed, 6, 4, 3);
      const primary = new Set(tables.cells.filter((cell) => cell.primary).map(({ id }) => id));
      small += primary.size;
      found += recoverable(tables, primary, 5, audit).length;
      expect(recoverable(tables, primary, 5, otherAuditor).sort()).toEqual(
        recoverable(tables, primary, 5, audit).sort(),
      );
    }
    expect(found / small).toBeGreaterThan(0.9);
  });

  it('holds in a table of twenty regions and six articles', () => {
    const tables = linkedTables(7, 20, 6, 3);
    const { primary, complementary } = withhold(tables, 5, audit);
    expect(recoverable(tables, new Set([...primary, ...complementary]), 5, otherAuditor)).toEqual([]);
  });

  it('is not enough at two a line: the audit goes on where greedy complement would stop (trap 14)', () => {
    // Two small cells in one line: each could be anything from 0 to 3 together, which is too narrow.
    const tables: LinkedTables = {
      cells: [
        { id: 'a', value: 1, primary: true },
        { id: 'b', value: 2, primary: true },
        { id: 'c', value: 40, primary: false },
        { id: 't', value: 43, primary: false },
      ],
      sums: [{ total: 't', parts: ['a', 'b', 'c'] }],
    };
    expect(recoverable(tables, new Set(['a', 'b']), 5, audit)).toEqual(['a', 'b']);
    const { complementary } = withhold(tables, 5, audit);
    expect([...complementary]).toEqual(['c']);
  });

  it('cannot be found out from the difference of two editions', () => {
    const table = (edition: number, extra: number): Cell[] => [
      { id: `${edition}.a`, value: 20 + extra, primary: false, fixed: edition === 1 },
      { id: `${edition}.b`, value: 30, primary: false, fixed: edition === 1 },
      { id: `${edition}.t`, value: 50 + extra, primary: false, fixed: edition === 1 },
    ];
    const sum = (edition: number): Sum => ({ total: `${edition}.t`, parts: [`${edition}.a`, `${edition}.b`] });
    // Two reports of group a came late.
    const tables: LinkedTables = {
      cells: [...table(1, 0), ...table(2, 2)],
      sums: [sum(1), sum(2)],
      guarded: ['a', 't'].map((id) => ({ id: `2.${id}`, minus: `1.${id}` })),
    };
    const outcome = withhold(tables, 5, audit);
    const withheld = new Set([...outcome.primary, ...outcome.complementary]);
    expect(withheld.has('2.a') && withheld.has('2.t')).toBe(true);
    expect(recoverable(tables, withheld, 5, otherAuditor)).toEqual([]);
    expect([...withheld].some((id) => id.startsWith('1.'))).toBe(false);
  });

  it('says so when what was printed before gives it away', () => {
    const cells: Cell[] = [
      { id: 'a', value: 2, primary: true },
      { id: 'b', value: 3, primary: false, fixed: true },
      { id: 't', value: 5, primary: false, fixed: true },
    ];
    expect(() => withhold({ cells, sums: [{ total: 't', parts: ['a', 'b'] }] }, 5, audit)).toThrow(
      expect.objectContaining({ code: 'cannot_be_withheld' }),
    );
  });

  it('is nothing where nothing is small', () => {
    const cells: Cell[] = [
      { id: 'a', value: 20, primary: false },
      { id: 't', value: 20, primary: false },
    ];
    const outcome = withhold({ cells, sums: [{ total: 't', parts: ['a'] }] }, 5, audit);
    expect(outcome.primary.size + outcome.complementary.size).toBe(0);
    expect(known({ cells, sums: [] }, new Set()).equations).toEqual([]);
    expect(questionsOf({ cells, sums: [] }, new Set()).size).toBe(0);
  });
});
