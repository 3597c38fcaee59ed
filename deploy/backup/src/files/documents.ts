import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { opening, sealing } from './sealing.js';

/** A file of BSON documents, one behind the other, compressed with zstd: `zstd -dc FILE | bsondump` reads it. */
export interface StoredFile {
  /** Its path in the backup. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly documents: number;
  /** Bytes and hash of the documents themselves, whatever they are compressed and encrypted with. */
  readonly content: { readonly bytes: number; readonly sha256: string };
}

/** Documents handed on together: a stream of single ones costs more than their compression. */
const TOGETHER = 1 << 20;

/** Counts and hashes what passes. */
export class Tally {
  documents = 0;
  bytes = 0;
  private readonly hash = createHash('sha256');

  add(document: Uint8Array): void {
    this.documents += 1;
    this.bytes += document.length;
    this.hash.update(document);
  }

  sum(): StoredFile['content'] {
    return { bytes: this.bytes, sha256: this.hash.digest('hex') };
  }
}

async function* together(documents: AsyncIterable<Uint8Array>, tally: Tally): AsyncGenerator<Buffer> {
  let [parts, bytes]: [Uint8Array[], number] = [[], 0];
  for await (const document of documents) {
    tally.add(document);
    parts.push(document);
    bytes += document.length;
    if (bytes < TOGETHER) continue;
    yield Buffer.concat(parts);
    [parts, bytes] = [[], 0];
  }
  if (bytes > 0) yield Buffer.concat(parts);
}

/** A stream that lets everything pass and knows the hash of it afterwards. */
function hashed(): { readonly stream: Transform; readonly sum: () => { bytes: number; sha256: string } } {
  const tally = new Tally();
  const stream = new Transform({
    transform(part: Buffer, _, done) {
      tally.add(part);
      done(null, part);
    },
  });
  return { stream, sum: () => tally.sum() };
}

/** Writes documents to a file of the backup and waits until the disk has it. */
export async function writeDocuments(
  dir: string,
  name: string,
  documents: AsyncIterable<Uint8Array>,
  key?: Buffer,
): Promise<StoredFile> {
  const file = `${name}.bson.zst${key ? '.sealed' : ''}`;
  mkdirSync(dirname(join(dir, file)), { recursive: true, mode: 0o700 });
  const tally = new Tally();
  const { stream, sum } = hashed();
  const zstd = createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } });
  const out = createWriteStream(join(dir, file), { mode: 0o600, flags: 'wx', flush: true });
  const source = Readable.from(together(documents, tally));
  if (key) await pipeline(source, zstd, sealing(key, file), stream, out);
  else await pipeline(source, zstd, stream, out);
  return { file, ...sum(), documents: tally.documents, content: tally.sum() };
}

/** The hash of a file as it lies there. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest('hex');
}

/** The documents of a file, in the order in which they were written. */
export async function* readDocuments(dir: string, file: string, key?: Buffer): AsyncGenerator<Buffer> {
  const zstd = createZstdDecompress();
  const source = createReadStream(join(dir, file));
  const done = key ? pipeline(source, opening(key, file), zstd) : pipeline(source, zstd);
  // What it throws is thrown below, by the stream that is read.
  done.catch((error: Error) => zstd.destroy(error));
  let waiting: Buffer = Buffer.alloc(0);
  for await (const part of zstd as AsyncIterable<Buffer>) {
    waiting = waiting.length === 0 ? part : Buffer.concat([waiting, part]);
    let at = 0;
    while (waiting.length - at >= 4) {
      const length = waiting.readInt32LE(at);
      if (length < 5) throw new Error(`${file}: holds something else than documents`);
      if (waiting.length - at < length) break;
      yield waiting.subarray(at, at + length);
      at += length;
    }
    waiting = waiting.subarray(at);
  }
  await done;
  if (waiting.length > 0) throw new Error(`${file}: ends within a document`);
}
