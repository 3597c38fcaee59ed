import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Sealed } from '../sealing/sealing.js';
import { encryptionKeys, lock, type LockPlace, unlock, wrapped } from './lock.rules.js';

const key = Buffer.alloc(32, 1);
const nonce = Buffer.alloc(12, 2);
const place: LockPlace = { rowId: 'a-case', field: 'narrative' };
const text = (length: number, fill = 7): string => Buffer.alloc(length, fill).toString('base64url');
const sealed: Sealed = { enc: text(32), ciphertext: text(1040), by: 'client' };
const damaged = expect.objectContaining({ code: 'damaged' });

describe('a field under the key of its case', () => {
  it('comes back letter by letter, whatever its bytes and whoever sealed it', () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    fc.assert(
      fc.property(bytes(32), bytes(12), bytes(32), fc.uint8Array({ minLength: 1 }), fc.boolean(), (k, n, e, c, by) => {
        const one: Sealed = {
          enc: Buffer.from(e).toString('base64url'),
          ciphertext: Buffer.from(c).toString('base64url'),
          by: by ? 'client' : 'service',
        };
        expect(unlock(k, place, lock(k, n, place, one))).toEqual(one);
      }),
    );
  });

  it('takes less room than its text', () => {
    expect(lock(key, nonce, place, sealed).length).toBeLessThan(sealed.ciphertext.length);
  });

  it.each<[string, Uint8Array, LockPlace]>([
    ['with another key', Buffer.alloc(32, 3), place],
    ['in another row', key, { ...place, rowId: 'another' }],
    ['as another field', key, { ...place, field: 'contact' }],
  ])('does not open %s', (_, other, where) => {
    expect(() => unlock(other, where, lock(key, nonce, place, sealed))).toThrow(damaged);
  });

  it('does not open when any byte of it was changed, or when it was cut off', () => {
    const locked = lock(key, nonce, place, sealed);
    for (const i of [0, 12, 28, 29, 61, locked.length - 1]) {
      const changed = Buffer.from(locked);
      changed[i]! ^= 1;
      expect(() => unlock(key, place, changed)).toThrow(damaged);
    }
    expect(() => unlock(key, place, locked.subarray(0, -1))).toThrow(damaged);
    expect(() => unlock(key, place, locked.subarray(0, 5))).toThrow(damaged);
  });
});

describe('the key of a case', () => {
  const keys = Buffer.from(Array.from({ length: 4 * 32 }, (_, i) => i));

  it('is unwrapped alone, at its own place, and only by the key that wrapped it', () => {
    const block = wrapped(key, 5, keys);
    for (let no = 0; no < 4; no += 1) {
      const own = keys.subarray(no * 32, no * 32 + 32);
      const alone = block.subarray(no * 32, no * 32 + 32);
      expect(alone).not.toEqual(own);
      expect(wrapped(key, 5, alone, no)).toEqual(own);
      for (const foreign of [wrapped(key, 5, alone, no + 1), wrapped(key, 6, alone, no), wrapped(nonce, 5, alone, no)])
        expect(foreign).not.toEqual(own);
    }
  });

  it('tells nothing of the key beside it', () => {
    const same = wrapped(key, 5, Buffer.alloc(4 * 32));
    const parts = Array.from({ length: 4 }, (_, no) => same.toString('hex', no * 32, no * 32 + 32));
    expect(new Set(parts).size).toBe(4);
  });

  it('is wrapped by the first of the keys of the setting, and an id is there once', () => {
    expect([...encryptionKeys(`b:${text(32)},a:${text(32, 1)}`).keys()]).toEqual(['b', 'a']);
    expect(() => encryptionKeys(`a:${text(32)},a:${text(32, 1)}`)).toThrow('twice');
  });
});
