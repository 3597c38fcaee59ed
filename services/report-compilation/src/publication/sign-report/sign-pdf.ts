import { createPrivateKey, type KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import { RuleError } from '@aiqyn/contracts/rule-error';
import { CryptoKeySigner, PDF } from '@libpdf/core';

export interface Seal {
  /** PEM or DER, of the authority. */
  readonly certificate: string | Uint8Array;
  /** The certificates between it and the root, that one left out. */
  readonly chain?: readonly (string | Uint8Array)[];
  /** PKCS #8, PEM, or a key object; RSA or EC. */
  readonly key: string | KeyObject;
  /** What the signature says about its time: a claim. What proves a time is the stamp over the manifest. */
  readonly signingTime: Date;
}

const der = (certificate: string | Uint8Array): Uint8Array => new Uint8Array(new X509Certificate(certificate).raw);
const CURVES: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

/**
 * PAdES B-B as an incremental update: the bytes that were signed are the beginning of what comes back, so that the archival PDF
 * stays what it was. With an RSA key, the same input gives the same bytes; ECDSA signs otherwise each time.
 */
export async function signPdf(
  bytes: Uint8Array,
  { certificate, chain = [], key, signingTime }: Seal,
): Promise<Uint8Array> {
  const secret = typeof key === 'string' ? createPrivateKey(key) : key;
  const own = new X509Certificate(certificate);
  if (!own.checkPrivateKey(secret))
    throw new RuleError('seal_key', 'the key of the seal is not the key of its certificate');
  if (signingTime < new Date(own.validFrom) || signingTime > new Date(own.validTo))
    throw new RuleError('seal_expired', `the certificate of the seal is not valid on ${signingTime.toISOString()}`);
  const curve = CURVES[secret.asymmetricKeyDetails?.namedCurve ?? ''];
  const rsa = secret.asymmetricKeyType === 'rsa';
  if (!rsa && (secret.asymmetricKeyType !== 'ec' || !curve))
    throw new RuleError('seal_key', 'a PDF is sealed with an RSA key or one on P-256, P-384 or P-521');
  const algorithm = rsa ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: curve! };
  const imported = await webcrypto.subtle.importKey(
    'pkcs8',
    secret.export({ type: 'pkcs8', format: 'der' }),
    algorithm,
    false,
    ['sign'],
  );
  const signer = rsa
    ? new CryptoKeySigner(imported as CryptoKey, der(certificate), 'RSA', 'RSASSA-PKCS1-v1_5', chain.map(der))
    : new CryptoKeySigner(imported as CryptoKey, der(certificate), 'EC', 'ECDSA', chain.map(der));
  const pdf = await PDF.load(bytes);
  const { bytes: signed } = await pdf.sign({ signer, signingTime, fieldName: 'Seal', level: 'B-B' });
  if (Buffer.compare(signed.subarray(0, bytes.length), bytes) !== 0)
    throw new Error('signing changed the bytes that it signed');
  return signed;
}
