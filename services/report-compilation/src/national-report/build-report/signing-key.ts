import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** The key that signs manifests, from its seed (32 bytes, base64url), and the name by which a signature tells it. */
export function signingKey(seed: string): { readonly key: KeyObject; readonly kid: string; readonly x: string } {
  // PKCS #8 of RFC 8410: a fixed head before the 32 bytes of the seed.
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(seed, 'base64url')]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(key).export({ format: 'jwk' }) as { x: string };
  // RFC 7638: the members in this order.
  const kid = createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url');
  return { key, kid, x };
}
