import { createCipheriv, createDecipheriv } from 'node:crypto';
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

function shut(key: Uint8Array, nonce: Uint8Array, aad: string, plain: readonly Uint8Array[]): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(aad));
  const parts = plain.map((part) => cipher.update(part));
  parts.push(cipher.final());
  return Buffer.concat([nonce, cipher.getAuthTag(), ...parts]);
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
  return shut(key, nonce, aadOf(place), [
    Uint8Array.of(BY.indexOf(by)),
    Buffer.from(enc, 'base64url'),
    Buffer.from(ciphertext, 'base64url'),
  ]);
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

const aadOfKey = ({ block, no }: KeyRef): string => `aiqyn/case-keys/v1/${block}/${no}`;

/** The key of a case under a key-encryption key. */
export const wrap = (kek: Uint8Array, nonce: Uint8Array, ref: KeyRef, key: Uint8Array): Buffer =>
  shut(kek, nonce, aadOfKey(ref), [key]);

/** The key of a case; throws RuleError `damaged`. */
export const unwrap = (kek: Uint8Array, ref: KeyRef, wrapped: Uint8Array): Buffer =>
  opened(kek, aadOfKey(ref), wrapped);

/** Reads `id:key,id:key`, the present one first; throws RuleError `bad_policy` when an id is there twice. */
export function encryptionKeys(setting: string): ReadonlyMap<string, Uint8Array> {
  const pairs = setting.split(',').map((pair) => pair.split(':') as [string, string]);
  const keys = new Map(pairs.map(([id, key]) => [id, Buffer.from(key, 'base64url')]));
  if (keys.size < pairs.length) throw new RuleError('bad_policy', 'CASE_KEY_ENCRYPTION_KEY: an id is there twice');
  return keys;
}
