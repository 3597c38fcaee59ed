import { RuleError } from '@aiqyn/contracts/rule-error';
import { type CryptoKey, decodeProtectedHeader, flattenedVerify, FlattenedSign, type JWK, type KeyObject } from 'jose';

export type ManifestKey = CryptoKey | KeyObject | JWK;

/**
 * A detached signature over the bytes of a manifest as they are (RFC 7797, `b64: false`): `header..signature`. Ed25519: the same key
 * and bytes give the same signature.
 */
export async function signManifest(
  manifest: Uint8Array,
  { key, kid }: { key: ManifestKey; kid: string },
): Promise<string> {
  const header = { alg: 'EdDSA', b64: false, crit: ['b64'], kid };
  const { protected: head, signature } = await new FlattenedSign(manifest).setProtectedHeader(header).sign(key);
  return `${head}..${signature}`;
}

/** Whose key signed these bytes; throws `manifest_signature` when it is not theirs, or is over other bytes. */
export async function verifyManifest(
  manifest: Uint8Array,
  jws: string,
  keyOf: (kid: string) => ManifestKey | undefined,
): Promise<{ readonly kid: string }> {
  const refuse = (why: string): never => {
    throw new RuleError('manifest_signature', `the signature of the manifest does not hold: ${why}`);
  };
  const [head, payload, signature, ...more] = jws.trim().split('.');
  if (!head || payload !== '' || !signature || more.length > 0) return refuse('it is not a detached JWS');
  try {
    const { alg, b64, kid } = decodeProtectedHeader({ protected: head });
    if (alg !== 'EdDSA' || b64 !== false || typeof kid !== 'string') return refuse('its header is not one of ours');
    const key = keyOf(kid);
    if (!key) return refuse(`the key ${kid} is not known`);
    await flattenedVerify({ protected: head, payload: manifest, signature }, key, { algorithms: ['EdDSA'] });
    return { kid };
  } catch (error) {
    if (error instanceof RuleError) throw error;
    return refuse((error as Error).message);
  }
}
