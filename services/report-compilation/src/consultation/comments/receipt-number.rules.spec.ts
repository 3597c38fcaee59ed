import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readReceiptNumber, receiptNumber } from './receipt-number.rules.js';

const digits16 = fc.stringMatching(/^\d{16}$/);

describe('the receipt number of a comment', () => {
  it('has 18 digits in groups, and is read with any grouping', () => {
    fc.assert(
      fc.property(digits16, (digits) => {
        const number = receiptNumber(digits);
        expect(number).toMatch(/^\d{4}-\d{4}-\d{4}-\d{4}-\d{2}$/);
        expect(readReceiptNumber(number)).toBe(number);
        expect(readReceiptNumber(` ${number.replaceAll('-', ' ')}`)).toBe(number);
        expect(readReceiptNumber(number.replaceAll('-', ''))).toBe(number);
      }),
    );
  });

  it('catches every wrong digit', () => {
    fc.assert(
      fc.property(digits16, fc.nat(17), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
        const plain = receiptNumber(digits).replaceAll('-', '');
        const wrong = plain.slice(0, at) + String((Number(plain[at]) + by) % 10) + plain.slice(at + 1);
        expect(readReceiptNumber(wrong)).toBeUndefined();
      }),
    );
  });

  it.each(['', '1', 'a'.repeat(18), '0'.repeat(18), '1'.repeat(19)])('is not %p', (typed) =>
    expect(readReceiptNumber(typed)).toBeUndefined(),
  );
});
