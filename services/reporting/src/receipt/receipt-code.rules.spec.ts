import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { digitsFrom, grouped, isReceiptCode, receiptCode } from './receipt-code.rules.js';

const digits24 = fc.stringMatching(/^\d{24}$/);

describe('the receipt code', () => {
  it('has 26 digits and is one itself', () => {
    fc.assert(
      fc.property(digits24, (digits) => {
        const code = receiptCode(digits);
        expect(code).toMatch(/^\d{26}$/);
        expect(isReceiptCode(code)).toBe(true);
        expect(isReceiptCode(grouped(code))).toBe(true);
      }),
    );
  });

  it('catches every wrong digit', () => {
    fc.assert(
      fc.property(digits24, fc.nat(25), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
        const code = receiptCode(digits);
        const wrong = code.slice(0, at) + String((Number(code[at]) + by) % 10) + code.slice(at + 1);
        expect(isReceiptCode(wrong)).toBe(false);
      }),
    );
  });

  it('catches every swap of neighbours', () => {
    fc.assert(
      fc.property(digits24, fc.nat(24), (digits, at) => {
        const code = receiptCode(digits);
        const swapped = code.slice(0, at) + code[at + 1]! + code[at]! + code.slice(at + 2);
        expect(isReceiptCode(swapped)).toBe(swapped === code);
      }),
    );
  });

  it.each(['', '123', 'a'.repeat(26), '1'.repeat(27)])('is not %p', (text) => expect(isReceiptCode(text)).toBe(false));

  it('reads in groups of four', () =>
    expect(grouped('12345678901234567890123456')).toBe('1234 5678 9012 3456 7890 1234 56'));
});

describe('digits from random bytes', () => {
  it('leaves out the bytes that would favour low digits', () => {
    expect(digitsFrom(Uint8Array.from([250, 255, ...Array.from({ length: 24 }, (_, i) => i)]))).toBe(
      '012345678901234567890123',
    );
  });

  it('says so when there are too few', () => {
    expect(() => digitsFrom(new Uint8Array(64).fill(255))).toThrow('64 random bytes');
  });

  it('makes each digit equally often', () => {
    const counts = new Array<number>(10).fill(0);
    for (let byte = 0; byte < 250; byte += 1) counts[Number(digitsFrom(new Uint8Array(24).fill(byte))[0])]! += 1;
    expect(new Set(counts)).toEqual(new Set([25]));
  });
});
