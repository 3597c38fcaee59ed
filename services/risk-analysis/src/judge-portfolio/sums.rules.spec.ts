import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Contribution } from './contribution.rules.js';
import { added, realChanges, type Sum, SumChanges } from './sums.rules.js';

const names = fc.constantFrom('A', 'B', 'C', 'D');
const some = fc.uniqueArray(names, { maxLength: 3 });
const contribution: fc.Arbitrary<Contribution> = fc
  .record({
    won: some,
    lost: some,
    buyer: fc.option(names, { nil: undefined }),
    submitted: fc.integer({ min: 0, max: 5 }),
    bids: some.map((ids) => ids.flatMap((id) => [id, 2, 1])),
    supplies: some.map((ids) => ids.flatMap((id) => [id, ['45', '7.1', '$9']])),
  })
  .map(({ buyer, ...more }) => ({
    ...{ ocid: 'x', outcomes: [], gaps: [], noGap: undefined, entity: buyer, buyer, disqualified: 1, issues: [] },
    ...more,
  }));

function applied(sums: Map<string, Sum>, taken: readonly Contribution[], out: readonly Contribution[]): void {
  const changes = new SumChanges();
  for (const one of out) changes.add(one, -1);
  for (const one of taken) changes.add(one, 1);
  for (const [id, change] of realChanges(changes)) {
    const now = added(sums.get(id), change);
    if (now) sums.set(id, now);
    else sums.delete(id);
  }
}
const sorted = (sums: Map<string, Sum>): [string, Sum][] => [...sums].sort(([a], [b]) => (a < b ? -1 : 1));

describe('sums of contributions', () => {
  it('are the same in any order and any grouping, and what is taken out leaves no trace', () => {
    fc.assert(
      fc.property(fc.array(contribution, { maxLength: 6 }), contribution, fc.nat(6), (all, extra, cut) => {
        const [once, bit] = [new Map<string, Sum>(), new Map<string, Sum>()];
        applied(once, all, []);
        applied(bit, [extra, ...[...all].reverse().slice(0, cut)], []);
        for (const one of [...all].reverse().slice(cut)) applied(bit, [one], []);
        applied(bit, [], [extra]);
        expect(sorted(bit)).toEqual(sorted(once));
      }),
    );
  });

  it('do not change where a contribution is replaced by an equal one', () => {
    fc.assert(
      fc.property(contribution, (one) => {
        const changes = new SumChanges();
        changes.add(one, -1);
        changes.add({ ...one }, 1);
        expect(realChanges(changes).size).toBe(0);
      }),
    );
  });

  it('name classes as fields of a row may be named', () => {
    const changes = new SumChanges();
    const supplies = ['S', ['4.5', '$x', 'ж']];
    changes.add({ won: [], lost: [], bids: [], submitted: 0, supplies } as unknown as Contribution, 1);
    expect(Object.keys(changes.all.get('supplier:S')!.classes)).toEqual(['4%2E5', '%24x', '%D0%B6']);
  });
});
