import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { groupWrites, type Write } from './write-order.rules.js';

const insert = (row: string): Write => ({ kind: 'insert', row, mustMatch: false });
const update = (row: string, mustMatch = false): Write => ({ kind: 'update', row, mustMatch });
const remove = (row: string): Write => ({ kind: 'delete', row, mustMatch: false });
const nameless: Write = { kind: 'update', row: undefined, mustMatch: false };

describe('groupWrites', () => {
  test.each<[string, Write[], number]>([
    ['nothing is no command', [], 0],
    [
      'rows that change go ahead of those that are new between them',
      [insert('a'), update('b', true), insert('c'), update('d', true)],
      3,
    ],
    [
      'rows that are replaced by removing and inserting are two',
      [remove('a'), insert('a'), remove('b'), insert('b')],
      2,
    ],
    ['an insert waits for the delete that may free its unique value', [insert('a'), remove('b'), insert('c')], 3],
    ['an update waits for another write of its row', [update('a'), remove('a'), update('a')], 3],
    ['what must match stands apart from what need not', [update('a'), update('b', true), update('c')], 3],
    ['a write that names no row keeps its place', [insert('a'), nameless, insert('b'), nameless], 4],
  ])('%s', (_, writes, commands) => {
    const groups = groupWrites(writes);
    expect(groups).toHaveLength(commands);
    expect(groups.flat()).toHaveLength(writes.length);
  });

  it('leaves a collection as the writes one by one would, unique values included, in any mixture', () => {
    interface Step extends Write {
      readonly row: string;
      /** The unique value that the row has from then on. */
      readonly value: number;
    }
    const writes: fc.Arbitrary<Step[]> = fc.array(
      fc.record({
        kind: fc.constantFrom('insert' as const, 'update' as const, 'delete' as const),
        row: fc.constantFrom('a', 'b', 'c', 'd'),
        value: fc.constantFrom(1, 2, 3),
        mustMatch: fc.constant(false),
      }),
      { maxLength: 12 },
    );
    /** Rows with a unique value; undefined when a write is refused, as the whole transaction is then. */
    const after = (steps: readonly Step[]): string | undefined => {
      const rows = new Map<string, number>();
      for (const { kind, row, value } of steps) {
        const taken = [...rows].some(([other, one]) => other !== row && one === value);
        if (kind === 'delete') rows.delete(row);
        else if (kind === 'insert' && rows.has(row)) return undefined;
        else if (kind === 'insert' || rows.has(row)) {
          if (taken) return undefined;
          rows.set(row, value);
        }
      }
      return JSON.stringify([...rows].sort());
    };
    fc.assert(
      fc.property(writes, (steps) => {
        const alone = after(steps);
        // What was refused only because of its order may pass; what passes one by one must never be refused or differ.
        if (alone !== undefined) expect(after(groupWrites(steps).flat())).toBe(alone);
      }),
      { numRuns: 5_000 },
    );
  });
});
