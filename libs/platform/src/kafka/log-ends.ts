import type { Kafka } from 'kafkajs';

/** How far a partition goes, and how far a group has taken it in. */
export interface LogEnd {
  readonly topic: string;
  readonly partition: number;
  /** The offset that the next event will have. */
  readonly end: number;
  /** The first offset that the group has not committed. */
  readonly taken: number;
}

/** The ends of all partitions of the topics now, beside what the group has committed, by topic and partition. */
export async function logEnds(kafka: Kafka, topics: readonly string[], group: string): Promise<LogEnd[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const ends: LogEnd[] = [];
    // The committed offsets first: what is asked later can only be further, so that nothing looks taken in that is not.
    const committed = await admin.fetchOffsets({ groupId: group, topics: [...topics] });
    const taken = new Map(
      committed.flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, offset }) => [`${topic}/${partition}`, Math.max(0, Number(offset))] as const),
      ),
    );
    for (const topic of topics) {
      for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
        ends.push({ topic, partition, end: Number(high), taken: taken.get(`${topic}/${partition}`) ?? 0 });
      }
    }
    return ends.sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
  } finally {
    await admin.disconnect();
  }
}
