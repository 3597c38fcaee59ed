import { describe, expect, it } from '@jest/globals';
import { isSealedLength } from './padding.rules.js';
import { channelKeyPair, open, replyKeyPair, seal } from './sealing.js';

const CASE = '7b0c2a52-7a9f-4d0b-9f2c-0d9a5f3f5e11';
const place = { caseId: CASE, field: 'narrative' };

describe('sealing', () => {
  it('opens only with the private key, and gives back every letter', async () => {
    const pair = await channelKeyPair();
    const sealed = await seal(pair.publicKey, place, 'Әкімдікте пара сұрады: 50 000 ₸', 'client');
    await expect(open(pair.privateKey, place, sealed)).resolves.toBe('Әкімдікте пара сұрады: 50 000 ₸');
    await expect(open((await channelKeyPair()).privateKey, place, sealed)).rejects.toThrow();
  });

  it.each([
    ['field', { caseId: CASE, field: 'contact' }],
    ['case', { caseId: '00000000-7a9f-4d0b-9f2c-0d9a5f3f5e11', field: 'narrative' }],
    ['message', { caseId: CASE, field: 'message/1' }],
  ])('cannot be moved to another %s', async (_, other) => {
    const pair = await channelKeyPair();
    const sealed = await seal(pair.publicKey, place, '+7 700 000 00 00', 'service');
    await expect(open(pair.privateKey, other, sealed)).rejects.toThrow();
  });

  it('does not tell short texts apart by their length, and is as long as the edge expects', async () => {
    const { publicKey } = await channelKeyPair();
    const texts = await Promise.all(['a', 'a'.repeat(1000)].map((t) => seal(publicKey, place, t, 'client')));
    expect(new Set(texts.map((t) => t.ciphertext.length)).size).toBe(1);
    expect(texts.every((t) => isSealedLength(t.ciphertext))).toBe(true);
  });

  it('keeps a long text whole', async () => {
    const pair = await channelKeyPair();
    const text = 'ұзақ мәтін '.repeat(9_000);
    await expect(open(pair.privateKey, place, await seal(pair.publicKey, place, text, 'client'))).resolves.toBe(text);
  });
});

describe('the key for replies', () => {
  it('comes from the receipt code alone, the same each time, however the digits are grouped', async () => {
    const pair = await replyKeyPair('42465854695420373684530341');
    expect(await replyKeyPair('4246 5854 6954 2037 3684 5303 41')).toEqual(pair);
    expect((await replyKeyPair('42465854695420373684530342')).publicKey).not.toBe(pair.publicKey);
    const sealed = await seal(pair.publicKey, place, 'жауап', 'client');
    await expect(open(pair.privateKey, place, sealed)).resolves.toBe('жауап');
  });
});
