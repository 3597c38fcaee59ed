/**
 * Keeps the events of Aiqyn in a SQLite file, each once: node keep-events.ts FILE --topics a,b --group NAME [--from DAY] [--once]
 *   --from DAY   read again from this day on (YYYY-MM-DD, in Almaty); what is kept already is kept once
 *   --once       end where the topics end now, instead of waiting for more
 * Environment: KAFKA_BROKERS, and KAFKA_USERNAME, KAFKA_PASSWORD, KAFKA_CA_FILE as your contract says. Needs Node 24 and kafkajs 2.
 */
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { Kafka, logLevel, type EachBatchPayload } from 'kafkajs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    topics: { type: 'string' },
    group: { type: 'string' },
    from: { type: 'string' },
    once: { type: 'boolean', default: false },
  },
});
const [file] = positionals;
const { group, from, once } = values;
const topics = values.topics?.split(',');
if (!file || !topics || !group || (from !== undefined && !/^\d{4}-\d\d-\d\d$/.test(from)))
  throw new Error('usage: keep-events.ts FILE --topics a,b --group NAME [--from YYYY-MM-DD] [--once]');
const env = (name: string): string | undefined => process.env[name];

const db = new DatabaseSync(file);
// An id is unique within its source: the two together are what must not be handled twice.
db.exec(`CREATE TABLE IF NOT EXISTS events (source TEXT, id TEXT, type TEXT, time TEXT, subject TEXT, sequence INTEGER,
  data TEXT, PRIMARY KEY (source, id))`);
const insert = db.prepare('INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?, ?, ?)');

const username = env('KAFKA_USERNAME');
const ca = env('KAFKA_CA_FILE');
const kafka = new Kafka({
  clientId: group,
  brokers: (env('KAFKA_BROKERS') ?? 'localhost:9092').split(','),
  logLevel: logLevel.ERROR,
  ...(ca ? { ssl: { ca: [readFileSync(ca, 'utf8')] } } : {}),
  ...(username ? { sasl: { mechanism: 'scram-sha-512', username, password: env('KAFKA_PASSWORD') ?? '' } } : {}),
});

/** Partitions that are not read up to where they ended at the start. */
const open = new Map<string, bigint>();
const admin = kafka.admin();
await admin.connect();
const begins: { topic: string; partition: number; offset: string }[] = [];
for (const topic of topics) {
  const begin = from ? await admin.fetchTopicOffsetsByTimestamp(topic, Date.parse(`${from}T00:00:00+05:00`)) : [];
  begins.push(...begin.map((place) => ({ topic, ...place })));
  const committed = await admin.fetchOffsets({ groupId: group, topics: [topic] });
  for (const { partition, high, low } of await admin.fetchTopicOffsets(topic)) {
    const taken = committed[0]?.partitions.find((one) => one.partition === partition)?.offset ?? '-1';
    const next = begin.find((one) => one.partition === partition)?.offset ?? (taken === '-1' ? low : taken);
    if (BigInt(next) < BigInt(high)) open.set(`${topic}/${partition}`, BigInt(high));
  }
}
await admin.disconnect();

const consumer = kafka.consumer({ groupId: group, allowAutoTopicCreation: false });
const stop = async (): Promise<void> => {
  await consumer.disconnect();
  db.close();
};
async function keep({ batch, heartbeat, resolveOffset, commitOffsetsIfNecessary }: EachBatchPayload): Promise<void> {
  db.exec('BEGIN');
  for (const { headers, value } of batch.messages) {
    const header = (name: string): string => String(headers?.[`ce_${name}`]);
    // Types that you do not know, and fields that you do not know, are no error: newer versions come beside older ones.
    if (!value || !headers?.['ce_id']) continue;
    const place = [header('subject'), Number(header('sequence')), value.toString()] as const;
    insert.run(header('source'), header('id'), header('type'), header('time'), ...place);
  }
  // First what was kept, then the place: after a crash in between, events come again and are kept once.
  db.exec('COMMIT');
  resolveOffset(batch.lastOffset());
  await commitOffsetsIfNecessary({
    topics: [
      {
        topic: batch.topic,
        partitions: [{ partition: batch.partition, offset: String(BigInt(batch.lastOffset()) + 1n) }],
      },
    ],
  });
  await heartbeat();
  const at = `${batch.topic}/${batch.partition}`;
  if (BigInt(batch.lastOffset()) + 1n >= (open.get(at) ?? 0n)) open.delete(at);
  // Not awaited: the consumer waits for this batch before it leaves.
  if (once && open.size === 0) void stop();
}

if (once && open.size === 0) db.close();
else {
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: true });
  await consumer.run({ eachBatchAutoResolve: false, eachBatch: keep });
  for (const place of begins) consumer.seek(place);
  process.once('SIGTERM', () => void stop());
}
