import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Cells, disclose, statisticsPack, type Table } from './disclosure.rules.js';

const raw = JSON.parse(readFileSync(new URL('../../data/policies/statistics.json', import.meta.url), 'utf8')) as Record<
  string,
  unknown
>;
const K = statisticsPack(raw).smallestCount;

/** How many values a withheld count can have for whoever subtracts the shown ones from the total. */
function possible(table: Table): number {
  const withheld = Object.values(table.cells).filter((n) => n === null).length;
  const shown = Object.values(table.cells).reduce<number>((sum, n) => sum + (n ?? 0), 0);
  const left = table.total! - shown;
  // Alone it is what is left; with others it is anything from 0 to that.
  return withheld === 1 ? 1 : left + 1;
}

describe('a published table', () => {
  it.each([
    [{ a: 10, b: 20 }, 30, { a: 10, b: 20 }],
    [{ a: 0, b: 20 }, 20, { a: 0, b: 20 }],
    [{ a: 2, b: 20, c: 30 }, 52, { a: null, b: null, c: 30 }],
    [{ a: 4, b: 4, c: 30 }, 38, { a: null, b: null, c: null }],
    [{ a: 3, b: 4, c: 6, d: 30 }, 43, { a: null, b: null, c: null, d: 30 }],
    [{ a: 1, b: 0, c: 0 }, null, { a: null, b: null, c: null }],
    [{ a: 4 }, null, { a: null }],
    [{}, 0, {}],
    [{ a: 0 }, 0, { a: 0 }],
  ] as [Cells, number | null, object][])('of %j has the total %p and the cells %j', (cells, total, shown) => {
    expect(disclose(cells, K)).toEqual({ total, cells: shown });
  });

  const tables = fc.dictionary(fc.constantFrom(...'abcdefgh'), fc.nat(30), { minKeys: 1 });

  it('shows no count from 1 to 4, and nothing that is not true', () => {
    fc.assert(
      fc.property(tables, (cells) => {
        const table = disclose(cells, K);
        for (const [name, n] of Object.entries(table.cells)) {
          if (n === null) continue;
          expect(n).toBe(cells[name]);
          expect(n === 0 || n >= K).toBe(true);
        }
      }),
    );
  });

  it('leaves at least k values open for each withheld count', () => {
    fc.assert(
      fc.property(tables, (cells) => {
        const table = disclose(cells, K);
        if (table.total === null) return;
        if (Object.values(table.cells).includes(null)) expect(possible(table)).toBeGreaterThanOrEqual(K);
      }),
    );
  });

  it.each(['id', 'effectiveFrom', 'smallestCount'])('needs a policy with %s', (field) => {
    expect(() => statisticsPack({ ...raw, [field]: undefined })).toThrow(
      expect.objectContaining({ code: 'bad_policy', details: { field } }),
    );
  });
});
