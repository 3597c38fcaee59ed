import { describe, expect, it } from '@jest/globals';
import { isIin } from './identification-numbers.rules.js';
import { personId } from './person-id.rules.js';

const [key, other] = ['k'.repeat(43), 'o'.repeat(43)];

describe('the id of a person', () => {
  it('is the same for the same number under one key, and tells neither the number nor the key', () => {
    expect(personId(key, '850101300012')).toBe(personId(key, '850101300012'));
    expect(personId(key, '850101300012')).not.toBe(personId(other, '850101300012'));
    expect(personId(key, '850101300012')).not.toBe(personId(key, '850101300013'));
    expect(personId(key, '850101300012')).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('an individual identification number', () => {
  const withCheckDigit = (first: string): string | undefined =>
    [...'0123456789'].map((d) => first + d).find((iin) => isIin(iin));

  it.each([
    ['85010130001', true, 'born in 1985'],
    ['00022950001', true, 'born on 29 February 2000'],
    ['01022950001', false, '2001 had no 29 February'],
    ['85130130001', false, 'no thirteenth month'],
    ['85010170001', false, 'no such century'],
    ['8501013000', false, 'too short'],
  ])('%s with its check digit: %s (%s)', (first, valid) => expect(withCheckDigit(first) !== undefined).toBe(valid));

  it('has one check digit', () => {
    const valid = [...'0123456789'].filter((d) => isIin(`85010130001${d}`));
    expect(valid).toHaveLength(1);
  });
});
