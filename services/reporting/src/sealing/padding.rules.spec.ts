import { describe, expect, it } from '@jest/globals';
import { bucketOf, isSealedLength } from './padding.rules.js';

const base64url = (bytes: number): string => Buffer.alloc(bytes).toString('base64url');

describe('padding', () => {
  it.each([
    [0, 1024],
    [1024, 1024],
    [1025, 4096],
    [65_536, 65_536],
    [65_537, 81_920],
    [81_921, 102_400],
  ])('makes %i bytes %i', (n, bucket) => expect(bucketOf(n)).toBe(bucket));

  it.each([1, 1000, 5_000, 70_000, 390_000])('makes a sealed field of %i bytes as long as one is', (n) => {
    expect(isSealedLength(base64url(bucketOf(n) + 16))).toBe(true);
  });

  it.each([0, 1, 16, 17, 1024, 1039, 1041, 4096, 4111, 4113, 500_000, 10_000_000])(
    'does not take %i bytes for a sealed field',
    (n) => expect(isSealedLength(base64url(n))).toBe(false),
  );
});
