import { createCipheriv, createDecipheriv, createHmac, createSecretKey } from 'node:crypto';
import { RuleError } from '@aiqyn/contracts';
import type { Sealed } from '../sealing/sealing.js';

/** AES-256-GCM: bytes of the nonce and of the tag that stand before the ciphertext. */
const NONCE = 12;
const TAG = 16;
/** X25519 public keys have 32 bytes. */
const ENC = 32;
const BY: readonly Sealed['by'][] = ['service', 'client'];

/** What a locked field is bound to: moved to another row or field it does not unlock. */
export interface LockPlace {
  readonly rowId: string;
  readonly field: string;
}

/** Where the key of a case lies: in which block, and at which place in it. */
export interface KeyRef {
  readonly block: number;
  readonly no: number;
}

/** In few calls, and with a key object: Node 24 takes 11 µs more for a key that comes as bytes (19 instead of 8 for 4 KB). */
function shut(key: Uint8Array, nonce: Uint8Array, aad: string, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), nonce).setAAD(Buffer.from(aad));
  const ciphertext = cipher.update(plain);
  // A stream cipher: nothing is left for the end but the tag.
  cipher.final();
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
}

function opened(key: Uint8Array, aad: string, bytes: Uint8Array): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(aad)).setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
  } catch {
    throw new RuleError('damaged', 'what is stored here was changed or moved: it does not open');
  }
}

const aadOf = ({ rowId, field }: LockPlace): string => `aiqyn/case-key/v1/${rowId}/${field}`;

/** A sealed field under the key of its case, as bytes: shorter than its base64url text, nonce and tag included. */
export function lock(key: Uint8Array, nonce: Uint8Array, place: LockPlace, { enc, ciphertext, by }: Sealed): Buffer {
  const plain = Buffer.allocUnsafe(1 + ENC + Math.floor((ciphertext.length * 3) / 4));
  plain[0] = BY.indexOf(by);
  plain.write(enc, 1, 'base64url');
  plain.write(ciphertext, 1 + ENC, 'base64url');
  return shut(key, nonce, aadOf(place), plain);
}

/** The sealed field again, letter by letter; throws RuleError `damaged`. */
export function unlock(key: Uint8Array, place: LockPlace, bytes: Uint8Array): Sealed {
  const plain = opened(key, aadOf(place), bytes);
  return {
    enc: plain.toString('base64url', 1, 1 + ENC),
    ciphertext: plain.toString('base64url', 1 + ENC),
    by: BY[plain[0]!]!,
  };
}

/** Bytes of the key of a case: two blocks of AES. */
export const KEY = 32;

/**
 * Keys of a block under a key-encryption key, or the keys again: each is combined with its own place of a key stream that belongs to
 * the block (AES-256-CTR), so that one can be destroyed without touching the others. A changed one is noticed when it opens nothing.
 * `first` is the place of the first.
 */
export function wrapped(kek: Uint8Array, block: number, keys: Uint8Array, first = 0): Buffer {
  const own = createHmac('sha256', kek).update(`aiqyn/case-keys/v1/${block}`).digest();
  const counter = Buffer.alloc(16);
  counter.writeUInt32BE((first * KEY) / 16, 12);
  return createCipheriv('aes-256-ctr', own, counter).update(keys);
}

/** Reads `id:key,id:key`, the present one first; throws RuleError `bad_policy` when an id is there twice. */
export function encryptionKeys(setting: string): ReadonlyMap<string, Uint8Array> {
  const pairs = setting.split(',').map((pair) => pair.split(':') as [string, string]);
  const keys = new Map(pairs.map(([id, key]) => [id, Buffer.from(key, 'base64url')]));
  if (keys.size < pairs.length) throw new RuleError('bad_policy', 'CASE_KEY_ENCRYPTION_KEY: an id is there twice');
  return keys;
}
