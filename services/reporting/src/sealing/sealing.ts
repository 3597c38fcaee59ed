import { CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';

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

export type SealedField = 'narrative' | 'contact';

const KIB = 1024;

/** Length that `n` bytes are padded to: 1, 4, 16, 64 KiB, then a quarter more each time, so that size tells little. */
export function bucketOf(n: number): number {
  for (const kib of [1, 4, 16, 64]) if (n <= kib * KIB) return kib * KIB;
  let bucket = 64 * KIB;
  while (bucket < n) bucket = Math.ceil(bucket * 1.25);
  return bucket;
}

/** What a ciphertext is bound to: moved to another field or version it cannot be opened. */
const aadOf = (field: SealedField): Uint8Array => new TextEncoder().encode(`aiqyn/report/${field}/v1`);

const fromBase64Url = (text: string): ArrayBuffer => {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64url'));
  return bytes.buffer;
};
const toBase64Url = (bytes: ArrayBuffer): string => Buffer.from(bytes).toString('base64url');

/** Seals a text to a channel's public key (32 bytes, base64url); the length is padded, 4 bytes of it tell the text's. */
export async function seal(publicKey: string, field: SealedField, text: string, by: Sealed['by']): Promise<Sealed> {
  const key = await suite.kem.deserializePublicKey(fromBase64Url(publicKey));
  const sender = await suite.createSenderContext({ recipientPublicKey: key });
  const content = new TextEncoder().encode(text);
  const padded = new Uint8Array(bucketOf(content.length + 4));
  new DataView(padded.buffer).setUint32(0, content.length);
  padded.set(content, 4);
  const ciphertext = await sender.seal(padded, aadOf(field));
  return { enc: toBase64Url(sender.enc), ciphertext: toBase64Url(ciphertext), by };
}

/** Opens with the channel's private key (32 bytes, base64url); for an office's own machine, never called by the service. */
export async function open(privateKey: string, field: SealedField, sealed: Sealed): Promise<string> {
  const key = await suite.kem.deserializePrivateKey(fromBase64Url(privateKey));
  const recipient = await suite.createRecipientContext({ recipientKey: key, enc: fromBase64Url(sealed.enc) });
  const padded = await recipient.open(fromBase64Url(sealed.ciphertext), aadOf(field));
  const length = new DataView(padded).getUint32(0);
  return new TextDecoder().decode(new Uint8Array(padded, 4, length));
}

/** A new channel key pair, raw 32 bytes each as base64url. */
export async function channelKeyPair(): Promise<{ publicKey: string; privateKey: string }> {
  const pair = await suite.kem.generateKeyPair();
  return {
    publicKey: toBase64Url(await suite.kem.serializePublicKey(pair.publicKey)),
    privateKey: toBase64Url(await suite.kem.serializePrivateKey(pair.privateKey)),
  };
}
