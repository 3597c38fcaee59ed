import { chunksFor, FILE_CHUNK } from './padding.rules.js';
import { fromBase64Url, open, seal, type Sealed, toBase64Url } from './sealing.js';

/**
 * Seals and opens files chunk by chunk, in Node and in a browser. AES-256-GCM of WebCrypto, as it runs in native code: half a
 * gigabyte takes seconds. The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the nonce is the chunk's number and
 * whether it is the last, so that a chunk that was moved, left out, repeated or cut off does not open.
 */

/** Which file of which case a chunk is bound to. */
export interface FilePlace {
  /** The report that it was attached to, also when that is merged into another case. */
  readonly caseId: string;
  readonly attachmentId: string;
}

/** What only the office learns of a file; sealed to the channel as `attachment/<id>`. */
export interface FileHeader {
  /** 32 bytes, base64url. */
  readonly key: string;
  readonly name: string;
  /** As it was sniffed, e.g. `jpg`. */
  readonly kind: string;
  /** Bytes of the content without padding. */
  readonly length: number;
  readonly chunks: number;
  /** Of the content, base64url. */
  readonly sha256: string;
}

const encoder = new TextEncoder();
/** A copy in a buffer of its own, as WebCrypto's types want it. */
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

function paramsOf({ caseId, attachmentId }: FilePlace, no: number, last: boolean): AesGcmParams {
  const iv = new Uint8Array(12);
  const view = new DataView(iv.buffer);
  view.setUint32(7, no);
  view.setUint8(11, last ? 1 : 0);
  return { name: 'AES-GCM', iv, additionalData: encoder.encode(`aiqyn/v1/${caseId}/attachment/${attachmentId}/${no}`) };
}

const imported = (key: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', fromBase64Url(key), 'AES-GCM', false, ['encrypt', 'decrypt']);

/** SHA-256 as base64url. */
export const sha256 = async (content: Uint8Array): Promise<string> =>
  toBase64Url(await crypto.subtle.digest('SHA-256', content as Uint8Array<ArrayBuffer>));

/**
 * Id and key of a file, derived from the receipt (`fileSecret`) and from what the file is. The same file attached again to the same
 * report is the same upload, so that one that was interrupted goes on without anything kept on the reporting person's disk; the
 * same key never meets another content.
 */
export async function keyOfFile(
  secret: ArrayBuffer,
  file: { readonly caseId: string; readonly name: string; readonly sha256: string },
): Promise<{ readonly attachmentId: string; readonly key: string }> {
  const ikm = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const info = encoder.encode(`aiqyn/file/v1/${file.caseId}/${file.name}`);
  const salt = fromBase64Url(file.sha256);
  const bits = await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, ikm, 384);
  const id = new Uint8Array(bits, 0, 16);
  // Version 4, variant 1: the service takes it for the random id that it looks like.
  id[6] = (id[6]! & 0x0f) | 0x40;
  id[8] = (id[8]! & 0x3f) | 0x80;
  const hex = [...id].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const attachmentId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { attachmentId, key: toBase64Url(bits.slice(16)) };
}

/** Seals the header of a file to the channel's key. */
export const sealHeader = (
  publicKey: string,
  { caseId, attachmentId }: FilePlace,
  header: FileHeader,
): Promise<Sealed> =>
  seal(publicKey, { caseId, field: `attachment/${attachmentId}` }, JSON.stringify(header), 'client');

/** Opens the header of a file with the channel's private key; throws when it does not fit. */
export async function openHeader(
  privateKey: string,
  { caseId, attachmentId }: FilePlace,
  sealed: Pick<Sealed, 'enc' | 'ciphertext'>,
): Promise<FileHeader> {
  return JSON.parse(await open(privateKey, { caseId, field: `attachment/${attachmentId}` }, sealed)) as FileHeader;
}

/** Seals the chunks of a content one after the other, from number `from` on: padded to the bucket, all of the same length. */
export async function* sealChunks(
  key: string,
  place: FilePlace,
  content: Uint8Array,
  from = 0,
): AsyncGenerator<{ readonly no: number; readonly sealed: Uint8Array<ArrayBuffer> }> {
  const chunks = chunksFor(content.length);
  const aes = await imported(key);
  for (let no = from; no < chunks; no += 1) {
    const padded = new Uint8Array(FILE_CHUNK);
    padded.set(content.subarray(no * FILE_CHUNK, (no + 1) * FILE_CHUNK));
    const sealed = await crypto.subtle.encrypt(paramsOf(place, no, no === chunks - 1), aes, padded);
    yield { no, sealed: new Uint8Array(sealed) };
  }
}

/** Opens sealed chunks in their order, without the padding; throws at the first that is not what was sealed there. */
export async function* openChunks(
  header: FileHeader,
  place: FilePlace,
  sealed: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const aes = await imported(header.key);
  let no = 0;
  for await (const chunk of sealed) {
    const plain = await crypto.subtle.decrypt(paramsOf(place, no, no === header.chunks - 1), aes, own(chunk));
    const rest = Math.max(0, header.length - no * FILE_CHUNK);
    if (rest > 0) yield new Uint8Array(plain).subarray(0, rest);
    no += 1;
  }
  if (no !== header.chunks) throw new Error(`the file is cut off after ${no} of ${header.chunks} chunks`);
}
