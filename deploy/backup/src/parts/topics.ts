import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { commitOffsets, createTopics, type LogRecord, type LogSpan, readRecords, writeRecords } from '@aiqyn/platform';
import { readDocuments, writeDocuments } from '../files/documents.js';
import type { Installation } from '../installation.js';
import type { Manifest, StoredPartition } from '../manifest.js';

const { BSON } = mongoose.mongo;

interface StoredRecord {
  readonly offset: mongoose.mongo.Long;
  readonly timestamp: mongoose.mongo.Long;
  readonly key: mongoose.mongo.Binary | null;
  readonly value: mongoose.mongo.Binary | null;
  readonly headers: readonly { readonly name: string; readonly value: mongoose.mongo.Binary }[];
}

const { Binary, Long } = mongoose.mongo;
const bytes = (value: Buffer | null): mongoose.mongo.Binary | null => (value === null ? null : new Binary(value));
const buffer = (value: mongoose.mongo.Binary | null): Buffer | null =>
  value === null ? null : Buffer.from(value.buffer.subarray(0, value.position));

function stored(record: LogRecord): Uint8Array {
  const headers = Object.entries(record.headers ?? {}).flatMap(([name, given]) =>
    (Array.isArray(given) ? given : given === undefined ? [] : [given]).map((value) => ({
      name,
      value: new Binary(Buffer.from(value)),
    })),
  );
  return BSON.serialize({
    offset: Long.fromString(record.offset),
    timestamp: Long.fromString(record.timestamp),
    key: bytes(record.key),
    value: bytes(record.value),
    headers,
  });
}

function record(document: Buffer, partition: number): Omit<LogRecord, 'topic'> {
  const { offset, timestamp, key, value, headers } = BSON.deserialize(document, {
    promoteValues: false,
  }) as StoredRecord;
  return {
    partition,
    offset: offset.toString(),
    timestamp: timestamp.toString(),
    key: buffer(key),
    value: buffer(value),
    headers: Object.fromEntries(
      [...Map.groupBy(headers, ({ name }) => String(name))].map(([name, all]) => {
        const values = all.map((header) => buffer(header.value)!);
        return [name, values.length === 1 ? values[0] : values];
      }),
    ),
  };
}

/** An id is unique for its source only (CloudEvents 1.0). */
const idOf = ({ headers }: LogRecord): string => `${String(headers?.['ce_source'])} ${String(headers?.['ce_id'])}`;

/**
 * Writes the topics, a file per partition, up to `spans`, without the events that were written after the instant of the
 * databases. All partitions are read together: a consumer is told of every partition of a topic, wanted or not.
 */
export async function storeTopics(
  dir: string,
  spans: readonly Required<LogSpan>[],
  { kafka, prefix }: Installation,
  later: ReadonlySet<string>,
  key?: Buffer,
): Promise<StoredPartition[]> {
  const files = spans.map(({ topic, partition, from, to }) => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(undefined, { highWaterMark: 1_000 });
    const name = `topics/${topic.slice(prefix.length)}/${partition}`;
    const written = writeDocuments(dir, name, readable, key);
    // Looked at below; until then it must not end the process.
    written.catch(() => undefined);
    return { at: `${topic}/${partition}`, from, to, later: 0, writer: writable.getWriter(), written, topic, partition };
  });
  const byPlace = new Map(files.map((file) => [file.at, file]));
  const filled = spans.filter(({ from, to }) => to > from);
  await readRecords(kafka, filled, `${prefix}backup-${randomUUID()}`, async (record) => {
    const file = byPlace.get(`${record.topic}/${record.partition}`)!;
    if (later.has(idOf(record))) file.later += 1;
    else await file.writer.write(stored(record));
  });
  const partitions: StoredPartition[] = [];
  for (const { topic, partition, from, to, later: left, writer, written } of files) {
    await writer.close();
    partitions.push({ topic: topic.slice(prefix.length), partition, from, to, later: left, ...(await written) });
  }
  return partitions;
}

/**
 * Puts the topics back and sets where each group goes on. Offsets count what was written: they are the old ones unless the
 * old log had lost its beginning. Gives how many partitions that holds for.
 */
export async function restoreTopics(
  dir: string,
  { partitions, groups }: Manifest,
  { kafka, prefix }: Installation,
  key?: Buffer,
): Promise<{ readonly records: number; readonly moved: number }> {
  await createTopics(kafka, prefix);
  let [written, moved] = [0, 0];
  const places = new Map<string, { topic: string; partition: number; offset: number }[]>();
  for (const { topic, partition, file } of partitions) {
    const reached = groups.flatMap(({ group, offsets }) =>
      offsets
        .filter((one) => one.topic === topic && one.partition === partition)
        .map(({ taken }) => ({ group, taken, offset: 0 })),
    );
    let [next, asBefore] = [0, true];
    const records = async function* (): AsyncGenerator<Omit<LogRecord, 'topic' | 'offset'>> {
      for await (const document of readDocuments(dir, file, key)) {
        const { offset, ...rest } = record(document, partition);
        for (const one of reached) if (Number(offset) < one.taken) one.offset += 1;
        // Behind what anybody had taken, a record that was left out moves the next ones, and nobody remembers where they were.
        if (Number(offset) !== next && reached.some(({ taken }) => Number(offset) < taken)) asBefore = false;
        next += 1;
        yield rest;
      }
    };
    written += await writeRecords(kafka, prefix + topic, records());
    if (!asBefore) moved += 1;
    for (const { group, offset } of reached)
      places.set(group, [...(places.get(group) ?? []), { topic: prefix + topic, partition, offset }]);
  }
  for (const [group, offsets] of places) await commitOffsets(kafka, prefix + group, offsets);
  return { records: written, moved };
}
