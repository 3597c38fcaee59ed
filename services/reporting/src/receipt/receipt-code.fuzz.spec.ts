import { describe, expect, it } from '@jest/globals';
import { fuzz, FUZZ_TIMEOUT } from '@aiqyn/platform/testing';
import { grouped, isReceiptCode, receiptCode } from './receipt-code.rules.js';

const good = [receiptCode('123456789012345678901234'), receiptCode('0'.repeat(24))];

describe('the reader of receipt codes, given anything', () => {
  it(
    'takes only 26 digits whose check digits are right, and gives them back as they were',
    async () => {
      const seen = new Set<boolean>();
      await fuzz(
        [...good, ...good.map(grouped)].map((code) => Buffer.from(code)),
        (input) => {
          const text = input.toString();
          const taken = isReceiptCode(text);
          seen.add(taken);
          const digits = text.replaceAll(' ', '');
          if (taken) expect(receiptCode(digits.slice(0, 24))).toBe(digits);
        },
      );
      expect(seen.size).toBe(2);
    },
    FUZZ_TIMEOUT,
  );
});
