import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FINDING_ANSWERS, FINDING_OUTCOMES } from '@aiqyn/contracts';
import { acceptance, type Counted } from './acceptance.rules.js';

const A = '050540000016';
const B = '000000000010';
const rows: Counted[] = [
  { factor: 'DISC-02', authorityBin: A, answer: 'accepted', outcome: 'removed' },
  { factor: 'DISC-02', authorityBin: A, answer: 'accepted-in-part', outcome: 'changed' },
  { factor: 'DISC-02', authorityBin: B, answer: 'rejected', outcome: 'kept' },
  { factor: 'LING-01', authorityBin: B, outcome: 'ignored' },
  { factor: 'LING-01', authorityBin: B },
];

describe('acceptance', () => {
  it('by factor and by authority', () => {
    expect(acceptance(rows, 'factor')).toEqual([
      {
        ...{ key: 'DISC-02', findings: 3, answered: 3, accepted: 1, acceptedInPart: 1, rejected: 1, settled: 3 },
        ...{ removed: 1, changed: 1, kept: 1, ignored: 0, acceptanceRate: 0.6667, effectRate: 0.3333 },
      },
      {
        ...{ key: 'LING-01', findings: 2, answered: 0, accepted: 0, acceptedInPart: 0, rejected: 0, settled: 1 },
        ...{ removed: 0, changed: 0, kept: 0, ignored: 1, effectRate: 0 },
      },
    ]);
    expect(acceptance(rows, 'authorityBin').map(({ key, findings }) => [key, findings])).toEqual([
      [B, 3],
      [A, 2],
    ]);
  });

  it('sums to all findings, whichever way it is cut', () => {
    const one = fc.record(
      {
        factor: fc.constantFrom('DISC-02', 'LING-01', 'PROC-02'),
        authorityBin: fc.constantFrom(A, B),
        answer: fc.constantFrom(...FINDING_ANSWERS),
        outcome: fc.constantFrom(...FINDING_OUTCOMES),
      },
      { requiredKeys: ['factor', 'authorityBin'] },
    );
    fc.assert(
      fc.property(fc.array(one), (list) => {
        for (const by of ['factor', 'authorityBin'] as const) {
          const cut = acceptance(list, by);
          expect(cut.reduce((all, { findings }) => all + findings, 0)).toBe(list.length);
          for (const {
            answered,
            accepted,
            acceptedInPart,
            rejected,
            settled,
            removed,
            changed,
            kept,
            ignored,
          } of cut) {
            expect(accepted + acceptedInPart + rejected).toBe(answered);
            expect(removed + changed + kept + ignored).toBe(settled);
          }
        }
      }),
    );
  });
});
