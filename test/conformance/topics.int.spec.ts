import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allTopics } from '@aiqyn/contracts';
import { createTopics } from '@aiqyn/platform';
import { type TestEnvironment, testEnvironment } from '../harness/environment.js';

describe('the topics of the registry', () => {
  let environment: TestEnvironment;

  beforeAll(async () => {
    environment = await testEnvironment('topics');
  });

  afterAll(() => environment.stop());

  it('are there, each partition with a leader, for every service of several that start together', async () => {
    for (let round = 0; round < 4; round++) {
      const prefix = `${environment.prefix}${round}-`;
      const topics = allTopics().map((topic) => prefix + topic);
      const admin = environment.kafka.admin();
      await admin.connect();
      const leaders = async (): Promise<number[][]> => {
        await createTopics(environment.kafka, prefix);
        const { topics: found } = await admin.fetchTopicMetadata({ topics });
        return found.map((topic) => topic.partitions.map((partition) => partition.leader));
      };
      const seenByEach = await Promise.all([leaders(), leaders(), leaders(), leaders()]);
      await admin.disconnect();
      for (const seen of seenByEach) {
        expect(seen).toHaveLength(topics.length);
        expect(seen.flat().every((leader) => leader >= 0)).toBe(true);
      }
    }
  });
});
