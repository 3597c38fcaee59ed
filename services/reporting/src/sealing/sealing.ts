import { CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { bucketOf } from './padding.rules.js';

/**
 * Seals and opens what citizens and offices write to each other. Runs in Node and in a browser: WebCrypto and two
 * packages, nothing of Node.
 */

/** RFC 9180: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305. */
const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Chacha20Poly1305(),
});

/** A sealed field; both parts base64url. `by` says who sealed it: plaintext that came over TLS was seen in our memory. */
export interface Sealed {
  readonly enc: string;
  readonly ciphertext: string;
  readonly by: 'client' | 'service';
}

/** What a ciphertext is bound to: moved to another case, field or version it cannot be opened. */
export interface Place {
  /** The id of the case, which a client that seals chooses itself (a random UUID). */
  readonly caseId: string;
  /** `narrative`, `contact`, `message/<its id>` or `attachment/<its id>`. */
  readonly field: string;
}

export interface KeyPair {
  /** Raw 32 bytes as base64url, like the private half. */
  readonly publicKey: string;
  readonly privateKey: string;
}

const encoder = new TextEncoder();
const aadOf = ({ caseId, field }: Place): Uint8Array => encoder.encode(`aiqyn/v1/${caseId}/${field}`);

export function fromBase64Url(text: string): ArrayBuffer {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (c) => c.charCodeAt(0)).buffer;
}

export function toBase64Url(bytes: ArrayBuffer): string {
  let binary = '';
  const all = new Uint8Array(bytes);
  // In pieces: a call takes only so many arguments.
  for (let i = 0; i < all.length; i += 8_192) binary += String.fromCharCode(...all.subarray(i, i + 8_192));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Seals a text to a public key (32 bytes, base64url); the length is padded, 4 bytes of it tell the text's. */
export async function seal(publicKey: string, place: Place, text: string, by: Sealed['by']): Promise<Sealed> {
  const key = await suite.kem.deserializePublicKey(fromBase64Url(publicKey));
  const sender = await suite.createSenderContext({ recipientPublicKey: key });
  const content = encoder.encode(text);
  const padded = new Uint8Array(bucketOf(content.length + 4));
  new DataView(padded.buffer).setUint32(0, content.length);
  padded.set(content, 4);
  const ciphertext = await sender.seal(padded, aadOf(place));
  return { enc: toBase64Url(sender.enc), ciphertext: toBase64Url(ciphertext), by };
}

/** Opens with a private key, on an office's or a citizen's own machine, never in the service; throws when it does not fit. */
export async function open(
  privateKey: string,
  place: Place,
  sealed: Pick<Sealed, 'enc' | 'ciphertext'>,
): Promise<string> {
  const key = await suite.kem.deserializePrivateKey(fromBase64Url(privateKey));
  const recipient = await suite.createRecipientContext({ recipientKey: key, enc: fromBase64Url(sealed.enc) });
  const padded = await recipient.open(fromBase64Url(sealed.ciphertext), aadOf(place));
  const length = new DataView(padded).getUint32(0);
  return new TextDecoder().decode(new Uint8Array(padded, 4, length));
}

async function serialized({ publicKey, privateKey }: CryptoKeyPair): Promise<KeyPair> {
  return {
    publicKey: toBase64Url(await suite.kem.serializePublicKey(publicKey)),
    privateKey: toBase64Url(await suite.kem.serializePrivateKey(privateKey)),
  };
}

/** A new key pair of a channel. */
export const channelKeyPair = async (): Promise<KeyPair> => serialized(await suite.kem.generateKeyPair());

/** PBKDF2 rounds: about a tenth of a second once a visit, to make each guess of 79.7 bits dearer still. */
const ROUNDS = 210_000;

/** 32 bytes that only the receipt code gives, for one purpose. */
async function fromReceipt(receiptCode: string, purpose: string): Promise<ArrayBuffer> {
  const code = await crypto.subtle.importKey('raw', encoder.encode(receiptCode.replaceAll(' ', '')), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const salt = encoder.encode(`aiqyn/${purpose}/v1`);
  return crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS }, code, 256);
}

/** The key pair that replies to a reporting person are sealed to: derived from the receipt code, kept nowhere. */
export const replyKeyPair = async (receiptCode: string): Promise<KeyPair> =>
  serialized(await suite.kem.deriveKeyPair(await fromReceipt(receiptCode, 'reply-key')));

/** 32 bytes that ids and keys of a reporting person's files are derived from (`keyOfFile` of files.ts), kept nowhere. */
export const fileSecret = (receiptCode: string): Promise<ArrayBuffer> => fromReceipt(receiptCode, 'files');
