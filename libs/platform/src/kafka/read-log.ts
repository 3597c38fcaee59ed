import type { Kafka } from 'kafkajs';
import type { LogPlace } from './on.js';
import { type Envelope, type EventClass, EnvelopeError, eventOfType, fromHeaders, violations } from '@aiqyn/contracts';

export interface LoggedEvent {
  readonly envelope: Envelope;
  readonly contract: EventClass;
  readonly data: object;
  readonly place: LogPlace;
}

/**
 * Hands every readable event of the topics to `each`, per partition in order, from the first (or the `last` ones of each
 * partition) up to the end offsets at the time of the call. Uses a group of its own that it removes afterwards.
 */
export async function readLog(
  kafka: Kafka,
  topics: string[],
  group: string,
  each: (event: LoggedEvent) => Promise<void> | void,
  last = Infinity,
): Promise<{ events: number; skipped: number }> {
  const admin = kafka.admin();
  await admin.connect();
  const open = new Map<string, bigint>();
  const begin: { topic: string; partition: number; offset: string }[] = [];
  try {
    for (const topic of topics) {
      for (const { partition, high, low } of await admin.fetchTopicOffsets(topic)) {
        if (BigInt(high) <= BigInt(low)) continue;
        open.set(`${topic}/${partition}`, BigInt(high));
        if (Number(high) - last > Number(low)) begin.push({ topic, partition, offset: String(Number(high) - last) });
      }
    }
    let events = 0;
    let skipped = 0;
    if (open.size === 0) return { events, skipped };
    const consumer = kafka.consumer({ groupId: group, allowAutoTopicCreation: false, maxWaitTimeInMs: 100 });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics, fromBeginning: true });
      await new Promise<void>((resolve, reject) => {
        consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
        consumer
          .run({
            autoCommit: false,
            eachBatchAutoResolve: true,
            eachBatch: async ({ batch, heartbeat }) => {
              const at = `${batch.topic}/${batch.partition}`;
              const end = open.get(at);
              if (end === undefined) return;
              for (const message of batch.messages) {
                if (BigInt(message.offset) >= end) break;
                const event = read(message, batch.partition);
                if (event) {
                  events += 1;
                  await each(event);
                } else skipped += 1;
              }
              await heartbeat();
              if (BigInt(batch.lastOffset()) + 1n >= end) open.delete(at);
              if (open.size === 0) resolve();
            },
          })
          .catch(reject);
        for (const place of begin) consumer.seek(place);
      });
    } finally {
      await consumer.disconnect();
      await admin.deleteGroups([group]).catch(() => undefined);
    }
    return { events, skipped };
  } finally {
    await admin.disconnect();
  }
}

function read(
  message: { value: Buffer | null; headers?: object; offset: string },
  partition: number,
): LoggedEvent | undefined {
  if (message.value === null) return undefined;
  try {
    const envelope = fromHeaders((message.headers ?? {}) as Record<string, Buffer>);
    const known = eventOfType(envelope.type);
    const data = JSON.parse(message.value.toString()) as object;
    if (!known || violations(known.contract, data, 'consumer').length > 0) return undefined;
    return { envelope, contract: known.contract, data, place: { partition, offset: Number(message.offset) } };
  } catch (error) {
    // The live consumer parks these; a rebuild passes them by and counts them.
    if (error instanceof EnvelopeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
