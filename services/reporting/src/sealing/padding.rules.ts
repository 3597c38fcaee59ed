const KIB = 1024;
/** Bytes that ChaCha20-Poly1305 adds. */
const TAG = 16;
/** The largest padded text, in bytes: a bucket that fits twice (with its copy) into a request of 1 MiB. */
export const LONGEST = 390_625;

/** Length that `n` bytes are padded to: 1, 4, 16, 64 KiB, then a quarter more each time, so that size tells little. */
export function bucketOf(n: number): number {
  for (const kib of [1, 4, 16, 64]) if (n <= kib * KIB) return kib * KIB;
  let bucket = 64 * KIB;
  while (bucket < n) bucket = Math.ceil(bucket * 1.25);
  return bucket;
}

/** Whether a base64url text leaves no bits over in its last letter: only then are bytes and text one and the same. */
export const isCanonical = (text: string): boolean =>
  text.length % 4 === 0 || (text.length % 4 === 2 ? /[AQgw]$/ : /[AEIMQUYcgkosw048]$/).test(text);

/** Whether a base64url text can be a sealed field: as long as a padded one is, so not cut off and not left unpadded. */
export function isSealedLength(text: string): boolean {
  const bytes = Math.floor((text.length * 3) / 4) - TAG;
  return bytes > 0 && bytes <= LONGEST && text.length % 4 !== 1 && bucketOf(bytes) === bytes;
}

/**
 * Bytes of a file in one chunk: with its tag it stays far under the 1 MiB of a request, so that a line that breaks costs little
 * and the service needs no memory for a file.
 */
export const FILE_CHUNK = 256 * KIB;
/** Bytes of a sealed chunk; every chunk of a file has them, also the last. */
export const SEALED_CHUNK = FILE_CHUNK + TAG;

/** Chunks that a file of `bytes` is padded to: 1, 2, 3, 4, 5, 7, 9, 12, then a quarter more each time, so that size tells little. */
export function chunksFor(bytes: number): number {
  let chunks = 1;
  while (chunks * FILE_CHUNK < bytes) chunks = Math.ceil(chunks * 1.25);
  return chunks;
}

/** The numbers of chunks that a padded file of up to a tebibyte can have. */
export const CHUNK_COUNTS: readonly number[] = (() => {
  const counts = [1];
  while (counts.at(-1)! < 4 * KIB * KIB) counts.push(chunksFor((counts.at(-1)! + 1) * FILE_CHUNK));
  return counts;
})();

/** Whether a padded file can have so many chunks. */
export const isChunkCount = (n: number): boolean => Number.isSafeInteger(n) && n > 0 && chunksFor(n * FILE_CHUNK) === n;
