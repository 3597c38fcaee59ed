import { allTopics } from '@aiqyn/contracts';
import type { Kafka } from 'kafkajs';

/** Partitions of a topic: order holds per key, so more only means more consumers side by side. */
export const PARTITIONS = 6;

/**
 * Creates the topics of the registry that are missing, kept for ever: the log is what read models are rebuilt from.
 * Brokers run with auto-creation off, since it guesses the partition count.
 */
export async function createTopics(kafka: Kafka, prefix: string, replicationFactor = -1): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = allTopics()
      .map((topic) => prefix + topic)
      .filter((topic) => !existing.has(topic));
    if (missing.length === 0) return;
    await admin
      .createTopics({
        waitForLeaders: true,
        topics: missing.map((topic) => ({
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
  } finally {
    await admin.disconnect();
  }
}
