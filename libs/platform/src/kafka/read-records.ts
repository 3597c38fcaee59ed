import type { Kafka } from 'kafkajs';

/** A stretch of a partition: from an offset (the first that there is, when none is named) up to, not including, `to`. */
export interface LogSpan {
  readonly topic: string;
  readonly partition: number;
  readonly from?: number;
  readonly to: number;
}

/** A record as the broker keeps it, whatever it says. */
export interface LogRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** Milliseconds. */
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: Record<string, Buffer | string | (Buffer | string)[] | undefined>;
}

/** Where the partitions of topics begin and end now: an empty one begins where it ends. */
export async function spansOf(kafka: Kafka, topics: readonly string[]): Promise<Required<LogSpan>[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const spans: Required<LogSpan>[] = [];
    for (const topic of topics)
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
        spans.push({ topic, partition, from: Number(low), to: Number(high) });
    return spans.sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
  } finally {
    await admin.disconnect();
  }
}

/** Hands the records of the spans to `each`, per partition in order. Uses a group of its own that it removes afterwards. */
export async function readRecords(
  kafka: Kafka,
  spans: readonly LogSpan[],
  group: string,
  each: (record: LogRecord) => Promise<void> | void,
): Promise<void> {
  const open = new Map(spans.map(({ topic, partition, to }) => [`${topic}/${partition}`, BigInt(to)]));
  if (open.size === 0) return;
  /** The offset that comes next: a consumer that had to join anew begins again at the first one. */
  const next = new Map(spans.map(({ topic, partition, from }) => [`${topic}/${partition}`, BigInt(from ?? 0)]));
  const consumer = kafka.consumer({ groupId: group, allowAutoTopicCreation: false, maxWaitTimeInMs: 100 });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...new Set(spans.map((span) => span.topic))], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on('consumer.crash', ({ payload: { error, restart } }) => {
        // What passes (a coordinator that still loads its groups) the client tries again by itself; what it tried in vain stays broken.
        if (!restart || error.name === 'KafkaJSNumberOfRetriesExceeded') reject(error);
      });
      consumer
        .run({
          autoCommit: false,
          eachBatchAutoResolve: true,
          eachBatch: async ({ batch, heartbeat }) => {
            const { topic, partition, messages } = batch;
            const at = `${topic}/${partition}`;
            const end = open.get(at);
            if (end === undefined) return;
            for (const message of messages) {
              const offset = BigInt(message.offset);
              if (offset >= end) break;
              if (offset < next.get(at)!) continue;
              await each({ ...message, topic, partition });
              next.set(at, offset + 1n);
            }
            await heartbeat();
            if (BigInt(batch.lastOffset()) + 1n >= end) open.delete(at);
            if (open.size === 0) resolve();
          },
        })
        .catch(reject);
      for (const { topic, partition, from } of spans)
        if (from !== undefined) consumer.seek({ topic, partition, offset: String(from) });
    });
  } finally {
    await consumer.disconnect();
    await removeGroup(kafka, group);
  }
}

async function removeGroup(kafka: Kafka, group: string): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteGroups([group]).catch(() => undefined);
  await admin.disconnect();
}
