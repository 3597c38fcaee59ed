import { randomBytes } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import mongoose from 'mongoose';

export interface TestEnvironment {
  readonly mongoUri: string;
  readonly brokers: string;
  /** Before topic and group names, and part of the database names: suites on one broker do not meet. */
  readonly prefix: string;
  readonly kafka: Kafka;
  database(service: string): mongoose.mongo.Db;
  env(service: string, issuer: string, more?: Record<string, string>): Record<string, string>;
  /** Drops the databases and topics of this environment. */
  stop(): Promise<void>;
}

function needed(name: string): string {
  const value = process.env[name];
  // Never skipped: a suite that did not run must not look green.
  if (!value) throw new Error(`${name} is not set: run npm test, which starts the servers, or set it yourself`);
  return value;
}

/** An environment of its own on the servers that `npm test` started. */
export async function testEnvironment(name: string): Promise<TestEnvironment> {
  const mongoUri = needed('MONGODB_URI');
  const brokers = needed('KAFKA_BROKERS');
  const prefix = `t-${name}-${randomBytes(4).toString('hex')}-`;
  const client = await new mongoose.mongo.MongoClient(mongoUri).connect();
  const kafka = new Kafka({ clientId: 'test', brokers: brokers.split(','), logLevel: logLevel.NOTHING });
  const nameOf = (service: string): string => `${prefix}${service}`.replaceAll('-', '_');
  const used = new Set<string>();
  return {
    mongoUri,
    brokers,
    prefix,
    kafka,
    database: (service) => {
      used.add(service);
      return client.db(nameOf(service));
    },
    env: (service, issuer, more = {}) => {
      used.add(service);
      return {
        PORT: '0',
        MONGODB_URI: mongoUri,
        MONGODB_DB: nameOf(service),
        KAFKA_BROKERS: brokers,
        TOPIC_PREFIX: prefix,
        OIDC_ISSUER: issuer,
        LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
        NODE_ENV: 'test',
        ...more,
      };
    },
    stop: async () => {
      for (const service of used) await client.db(nameOf(service)).dropDatabase();
      await client.close();
      const admin = kafka.admin();
      await admin.connect();
      const topics = (await admin.listTopics()).filter((t) => t.startsWith(prefix));
      if (topics.length > 0) await admin.deleteTopics({ topics });
      await admin.disconnect();
    },
  };
}
