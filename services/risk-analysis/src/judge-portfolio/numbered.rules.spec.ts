import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Numbered } from './numbered.rules.js';

describe('numbered texts', () => {
  it('have numbers in the order in which they came first, whatever they are and however often', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), fc.integer(), (texts, seed) => {
        const numbered = new Numbered(seed);
        const once = [...new Set(texts)];
        expect(texts.map((one) => numbered.of(one))).toEqual(texts.map((one) => once.indexOf(one)));
        expect(numbered.all).toEqual(once);
      }),
    );
  });

  it('are told apart by the hundred thousand', () => {
    const numbered = new Numbered(1);
    for (let i = 0; i < 100_000; i += 1) numbered.of(`KZ-BIN-${i}`);
    for (let i = 0; i < 100_000; i += 1) if (numbered.of(`KZ-BIN-${i}`) !== i) throw new Error(`${i} is another`);
    expect(numbered.all.length).toBe(100_000);
  });

  it('are told apart where all have the same hash', () => {
    const same = new Numbered(1);
    Object.defineProperty(same, 'hash', { value: () => 7 });
    const texts = Array.from({ length: 2_000 }, (_, i) => `id ${i}`);
    expect(texts.map((one) => same.of(one))).toEqual(texts.map((_, i) => i));
    expect(texts.map((one) => same.of(one))).toEqual(texts.map((_, i) => i));
  });
});
