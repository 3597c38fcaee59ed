import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EMPTY_ROOT, inclusionProof, leafHash, nodeHash, rootFromProof, rootOf } from './merkle.rules.js';

const leaf = (n: number): string => leafHash(Buffer.from(`leaf ${n}`));

/** RFC 6962 section 2.1 to the letter: split at the largest power of two below the number of leaves. */
function asTheRfcSays(leaves: readonly string[]): string {
  if (leaves.length < 2) return leaves[0] ?? EMPTY_ROOT;
  const middle = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return nodeHash(asTheRfcSays(leaves.slice(0, middle)), asTheRfcSays(leaves.slice(middle)));
}

describe('the tree', () => {
  it('has the root that RFC 6962 describes, for every size', () => {
    for (let size = 0; size < 70; size += 1) {
      const leaves = Array.from({ length: size }, (_, i) => leaf(i));
      expect(rootOf(leaves)).toBe(asTheRfcSays(leaves));
    }
    expect(EMPTY_ROOT).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('proves each leaf, and no other one in its place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), fc.nat(), (size, a, b) => {
        const leaves = Array.from({ length: size }, (_, i) => leaf(i));
        const [index, other] = [a % size, b % size];
        const proof = inclusionProof(leaves, index);
        expect(rootFromProof(leaves[index]!, index, size, proof)).toBe(rootOf(leaves));
        if (other !== index) expect(rootFromProof(leaves[other]!, index, size, proof)).not.toBe(rootOf(leaves));
        expect(rootFromProof(leaves[index]!, index, size, [...proof, leaf(0)])).not.toBe(rootOf(leaves));
      }),
    );
    expect(() => inclusionProof([leaf(0)], 1)).toThrow(RangeError);
  });
});
