import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { mongo } from 'mongoose';
import { CSV_HEAD, csvLine, type Entry, entryOf } from './register.rules.js';
import type { RegisterRow } from './register.schema.js';

/** Every entry in the order of the ids. */
async function* entries(rows: mongo.Collection<RegisterRow>): AsyncGenerator<Entry> {
  for await (const { _id, versions } of rows.find().sort({ _id: 1 })) yield entryOf(_id, versions);
}

/** The register as one file of comma-separated values, piece by piece. */
export async function* csvFile(rows: mongo.Collection<RegisterRow>): AsyncGenerator<string> {
  yield CSV_HEAD;
  for await (const entry of entries(rows)) yield csvLine(entry);
}

/** The register as one JSON file: an array, an entry a line. */
export async function* jsonFile(rows: mongo.Collection<RegisterRow>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const entry of entries(rows)) {
    yield before + JSON.stringify(entry);
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

/** The digest of a file, written besides when it has a name. */
export async function digestOf(pieces: AsyncGenerator<string>, file?: string): Promise<string> {
  const hash = createHash('sha256');
  const out = file ? createWriteStream(file) : undefined;
  for await (const piece of pieces) {
    hash.update(piece);
    if (out && !out.write(piece)) await once(out, 'drain');
  }
  if (out) await once(out.end(), 'finish');
  return hash.digest('hex');
}
