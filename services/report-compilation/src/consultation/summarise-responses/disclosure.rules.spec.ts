import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linearAuditor } from '../../numbers/withhold-numbers/audit.js';
import { disclosed } from './disclosure.rules.js';

const audit = await linearAuditor();

describe('who spoke', () => {
  it.each([
    ['nobody', { ngo: 0, person: 0 }, { ngo: 0, person: 0 }, 0],
    ['many of each', { ngo: 5, person: 90 }, { ngo: 5, person: 90 }, 95],
    [
      'a few of one kind',
      { ngo: 3, person: 90, body: 7, academia: 40 },
      { ngo: null, person: 90, body: null, academia: 40 },
      140,
    ],
    ['one beside an empty kind', { ngo: 1, person: 90, body: 0 }, { ngo: null, person: null, body: 0 }, 91],
    ['a few in all', { ngo: 1, person: 2 }, { ngo: null, person: null }, null],
  ] as [string, Record<string, number>, Record<string, number | null>, number | null][])(
    'is told of %s',
    (_, counts, cells, total) => expect(disclosed(counts, 5, audit)).toEqual({ total, cells }),
  );

  it('never lets a small count be computed from the total and the rest', () => {
    const counts = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.nat({ max: 12 }), { minKeys: 2 });
    fc.assert(
      fc.property(counts, (all) => {
        const { total, cells } = disclosed(all, 5, audit);
        const hidden = Object.keys(all).filter((name) => cells[name] === null);
        for (const [name, told] of Object.entries(cells))
          if (told !== null) expect(told === 0 || told >= 5).toBe(told === all[name]);
        const small = Object.values(all).some((n) => n > 0 && n < 5);
        expect(hidden.length === 0).toBe(!small);
        if (small && total !== null) expect(hidden.length).toBeGreaterThanOrEqual(2);
      }),
    );
  });
});
