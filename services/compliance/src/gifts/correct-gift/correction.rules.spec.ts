import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GIFT_KINDS, GIFT_SECTORS } from '@aiqyn/contracts';
import { type Correctable, corrected } from './correction.rules.js';

const facts = fc.record(
  {
    organisationBin: fc.constantFrom('050540000016', '000000000010'),
    sector: fc.constantFrom(...GIFT_SECTORS),
    kind: fc.constantFrom(...GIFT_KINDS),
    estimatedValue: fc.nat(3),
    giver: fc.constantFrom({ kind: 'unknown' as const }, { kind: 'person' as const }),
  },
  { requiredKeys: [] },
);

describe('a correction', () => {
  it('of what stands there already is refused', () => {
    const stands: Correctable = { kind: 'thing', giver: { kind: 'unknown' } };
    for (const told of [stands, {}, { giver: { kind: 'unknown' } } as Correctable])
      expect(() => corrected(stands, told)).toThrow(expect.objectContaining({ code: 'nothing_changed' }));
  });

  it('can be taken back: what stood before is kept field by field', () => {
    fc.assert(
      fc.property(facts, facts, (stands, told) => {
        let result;
        try {
          result = corrected(stands, told);
        } catch {
          expect({ ...stands, ...told }).toEqual(stands);
          return;
        }
        const after = { ...stands, ...result.set };
        expect(after).toEqual({ ...stands, ...told });
        // As JSON, where a field that was missing is missing again.
        expect(JSON.parse(JSON.stringify({ ...after, ...result.before }))).toEqual(stands);
      }),
    );
  });
});
