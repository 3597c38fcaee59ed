import { describe, expect, it } from '@jest/globals';
import { bucketOf, channelKeyPair, open, seal } from './sealing.js';

describe('sealing to a channel', () => {
  it('opens only with the private key, and gives back every letter', async () => {
    const pair = await channelKeyPair();
    const sealed = await seal(pair.publicKey, 'narrative', 'Әкімдікте пара сұрады: 50 000 ₸', 'client');
    await expect(open(pair.privateKey, 'narrative', sealed)).resolves.toBe('Әкімдікте пара сұрады: 50 000 ₸');
    await expect(open((await channelKeyPair()).privateKey, 'narrative', sealed)).rejects.toThrow();
  });

  it('cannot be moved to another field', async () => {
    const pair = await channelKeyPair();
    const sealed = await seal(pair.publicKey, 'contact', '+7 700 000 00 00', 'service');
    await expect(open(pair.privateKey, 'narrative', sealed)).rejects.toThrow();
  });

  it('does not tell short texts apart by their length', async () => {
    const { publicKey } = await channelKeyPair();
    const lengths = await Promise.all(
      ['a', 'a'.repeat(1000)].map(async (t) => (await seal(publicKey, 'narrative', t, 'client')).ciphertext.length),
    );
    expect(new Set(lengths).size).toBe(1);
  });

  it.each([
    [0, 1024],
    [1024, 1024],
    [1025, 4096],
    [65_536, 65_536],
    [65_537, 81_920],
    [81_921, 102_400],
  ])('pads %i bytes to %i', (n, bucket) => expect(bucketOf(n)).toBe(bucket));
});
