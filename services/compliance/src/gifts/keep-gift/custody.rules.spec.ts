import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type RuleError } from '@aiqyn/contracts';
import { GIFT_STATES } from '../gift-case/gift-states.rules.js';
import { type CustodyLine, logged } from './custody.rules.js';

const first: CustodyLine = { day: '2025-03-05', actNumber: 'A-1', holderBin: '1' };
const next: CustodyLine = { day: '2025-03-06', actNumber: 'A-2', holderBin: '2' };

describe('the custody log', () => {
  it('is kept from hand-over to disposal, in no other state', () => {
    const kept = GIFT_STATES.filter((state) => {
      try {
        return logged(state, [first], next, '2025-03-10').length === 2;
      } catch {
        return false;
      }
    });
    expect(kept).toEqual(['handed-over', 'valued']);
    expect(() => logged('handed-over', [], next, '2025-03-10')).toThrow(
      expect.objectContaining({ code: 'out_of_order' }),
    );
  });

  it.each([
    [{ day: '2025-03-04' }, 'day_out_of_range'],
    [{ day: '2025-03-11' }, 'day_out_of_range'],
    [{ actNumber: 'A-1' }, 'already_done'],
    [{ holderBin: '1' }, 'same_holder'],
  ])('refuses %j: %s', (wrong, code) =>
    expect(() => logged('valued', [first], { ...next, ...wrong }, '2025-03-10')).toThrow(
      expect.objectContaining({ code }),
    ),
  );

  it('only grows: what stood stands, and days never go back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -3, max: 5 }), fc.nat(3))), (moves) => {
        let log: CustodyLine[] = [first];
        moves.forEach(([days, holder], i) => {
          const line = { day: addDays(log.at(-1)!.day, days), actNumber: `B-${i}`, holderBin: String(holder) };
          try {
            const after = logged('handed-over', log, line, '2025-06-01');
            expect(after.slice(0, -1)).toEqual(log);
            log = after;
          } catch (error) {
            expect(['day_out_of_range', 'same_holder']).toContain((error as RuleError).code);
          }
        });
        expect(log.map(({ day }) => day)).toEqual(log.map(({ day }) => day).sort());
      }),
    );
  });
});
