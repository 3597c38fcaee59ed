import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GIFT_DISPOSALS, type GiftDisposal } from '@aiqyn/contracts';
import { judgePrice } from './disposal.rules.js';

describe('the price of a disposal', () => {
  it.each([
    ['buy-back', 100, true],
    ['buy-back', 99, false],
    ['buy-back', 101, false],
    ['buy-back', undefined, false],
    ['sale', 1, true],
    ['sale', 0, true],
    ['sale', undefined, false],
    ['state-use', undefined, true],
    ['state-use', 100, false],
    ['destruction', undefined, true],
    ['destruction', 0, false],
  ] as [GiftDisposal, number | undefined, boolean][])('%s of a gift worth 100 for %s: %s', (method, price, holds) => {
    if (holds) expect(() => judgePrice(method, 100, price)).not.toThrow();
    else expect(() => judgePrice(method, 100, price)).toThrow(expect.objectContaining({ code: 'wrong_price' }));
  });

  it('never lets who received it buy it below or above its value', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.constantFrom(...GIFT_DISPOSALS), (value, price, method) => {
        const allowed = (() => {
          try {
            judgePrice(method, value, price);
            return true;
          } catch {
            return false;
          }
        })();
        expect(allowed).toBe(method === 'sale' || (method === 'buy-back' && price === value));
      }),
    );
  });
});
