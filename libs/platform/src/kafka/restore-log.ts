import { CompressionTypes, type Kafka, type Admin } from 'kafkajs';
import type { LogRecord } from './read-records.js';

/** Bytes of keys and values in one send, far below what a broker takes (1 MiB, compressed, a batch of a partition). */
const SEND_BYTES = 400_000;

async function asAdmin<T>(kafka: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Which of the topics the broker has. */
export const existingTopics = (kafka: Kafka, topics: readonly string[]): Promise<string[]> =>
  asAdmin(kafka, async (admin) => {
    const there = new Set(await admin.listTopics());
    return topics.filter((topic) => there.has(topic));
  });

/** The groups, of services and of partners, that have committed an offset of one of the topics. */
export const groupsThatRead = (kafka: Kafka, topics: readonly string[]): Promise<string[]> =>
  asAdmin(kafka, async (admin) => {
    const found: string[] = [];
    for (const { groupId } of (await admin.listGroups()).groups) {
      const offsets = await admin.fetchOffsets({ groupId, topics: [...topics] });
      if (offsets.some(({ partitions }) => partitions.some(({ offset }) => Number(offset) >= 0))) found.push(groupId);
    }
    return found.sort();
  });

/** Writes records to the partitions that they stood in, in order, with their own key, headers and time. */
export async function writeRecords(
  kafka: Kafka,
  topic: string,
  records: AsyncIterable<Omit<LogRecord, 'topic' | 'offset'>>,
): Promise<number> {
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false });
  await producer.connect();
  try {
    let [written, bytes] = [0, 0];
    let waiting: object[] = [];
    const send = async (): Promise<void> => {
      const messages = waiting as never[];
      [waiting, bytes] = [[], 0];
      if (messages.length > 0) await producer.send({ topic, acks: -1, compression: CompressionTypes.GZIP, messages });
    };
    for await (const record of records) {
      waiting.push(record);
      written += 1;
      bytes += (record.key?.length ?? 0) + (record.value?.length ?? 0);
      if (bytes >= SEND_BYTES) await send();
    }
    await send();
    return written;
  } finally {
    await producer.disconnect();
  }
}

/**
 * Sets where a group without members goes on. By a member for a moment, for all topics together: kafkajs's `setOffsets` joins
 * once a topic, at some four seconds each.
 */
export async function commitOffsets(
  kafka: Kafka,
  group: string,
  offsets: readonly { readonly topic: string; readonly partition: number; readonly offset: number }[],
): Promise<void> {
  const consumer = kafka.consumer({
    groupId: group,
    allowAutoTopicCreation: false,
    retry: { retries: 10, initialRetryTime: 200, maxRetryTime: 5_000 },
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...new Set(offsets.map(({ topic }) => topic))], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      // Not when it joins: before its first fetch kafkajs drops a commit without a word.
      consumer.on('consumer.fetch_start', () => resolve());
      // A broker that has just begun to keep groups is asked again, by kafkajs itself.
      consumer.on('consumer.crash', ({ payload }) => {
        if (!payload.restart) reject(payload.error);
      });
      consumer
        .run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: () => Promise.resolve() })
        .catch(reject);
    });
    await consumer.commitOffsets(offsets.map(({ offset, ...place }) => ({ ...place, offset: String(offset) })));
  } finally {
    await consumer.disconnect();
  }
}

/** Which of the groups have a member now. */
export const groupsAlive = (kafka: Kafka, groups: readonly string[]): Promise<string[]> =>
  asAdmin(kafka, async (admin) => {
    if (groups.length === 0) return [];
    const { groups: described } = await admin.describeGroups([...groups]);
    return described.filter(({ members }) => members.length > 0).map(({ groupId }) => groupId);
  });
