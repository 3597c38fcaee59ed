import { allTopics } from '@aiqyn/contracts';
import type { Admin, Kafka } from 'kafkajs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Partitions of a topic: order holds per key, so more only means more consumers side by side. */
export const PARTITIONS = 6;

/** How long a new topic may take until every partition has a leader, in milliseconds. */
const LEADERS_WITHIN_MS = 60_000;

/**
 * Creates the topics of the registry that are missing, kept for ever: the log is what read models are rebuilt from.
 * Brokers run with auto-creation off, since it guesses the partition count.
 */
export async function createTopics(kafka: Kafka, prefix: string, replicationFactor = -1): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const wanted = allTopics().map((topic) => prefix + topic);
    const existing = new Set(await admin.listTopics());
    const missing = wanted.filter((topic) => !existing.has(topic));
    if (missing.length > 0) await create(admin, missing, replicationFactor);
    await waitForLeaders(admin, wanted);
  } finally {
    await admin.disconnect();
  }
}

async function create(admin: Admin, topics: string[], replicationFactor: number): Promise<void> {
  await admin
    .createTopics({
      waitForLeaders: false,
      timeout: 25_000,
      topics: topics.map((topic) => ({
        topic,
        numPartitions: PARTITIONS,
        replicationFactor,
        configEntries: [
          { name: 'retention.ms', value: '-1' },
          { name: 'message.timestamp.type', value: 'CreateTime' },
        ],
      })),
    })
    .catch((error: { errors?: { type?: string }[]; type?: string }) => {
      // Four services start together and each may create them.
      const types = error.errors?.map((e) => e.type) ?? [error.type];
      if (!types.every((t) => t === 'TOPIC_ALREADY_EXISTS')) throw error;
    });
}

/**
 * Waits until every partition has a leader, whoever created the topic.
 * kafkajs can wait too, but gives up when the broker has not heard of the topic yet (UNKNOWN_TOPIC_OR_PARTITION), which a
 * slow machine shows right after the creation; metadata of all topics never has that error.
 */
async function waitForLeaders(admin: Admin, topics: string[]): Promise<void> {
  const deadline = performance.now() + LEADERS_WITHIN_MS;
  for (;;) {
    const known = new Map((await admin.fetchTopicMetadata()).topics.map((topic) => [topic.name, topic.partitions]));
    const hasLeaders = (topic: string): boolean =>
      (known.get(topic)?.length ?? 0) > 0 && known.get(topic)!.every((partition) => partition.leader >= 0);
    const waiting = topics.filter((topic) => !hasLeaders(topic));
    if (waiting.length === 0) return;
    if (performance.now() > deadline)
      throw new Error(`topics without a leader after ${LEADERS_WITHIN_MS / 1000} s: ${waiting.join(', ')}`);
    await sleep(50);
  }
}
