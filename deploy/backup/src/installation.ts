import mongoose from 'mongoose';
import { Matches } from 'class-validator';
import { allTopics, RuleError, SERVICES, type ServiceName } from '@aiqyn/contracts';
import { kafkaClient, loadConfig, PlatformConfig } from '@aiqyn/platform';

/** All databases lie in one replica set: only there has one instant a meaning for all of them. */
class BackupConfig extends PlatformConfig {
  override OIDC_ISSUER = 'http://unused';
  /** Before the names of the databases. */
  @Matches(/^[A-Za-z0-9_-]{0,40}$/) DATABASE_PREFIX: string = 'aiqyn_';
}

/** The databases and the log of an installation. */
export interface Installation {
  readonly client: mongoose.mongo.MongoClient;
  readonly kafka: ReturnType<typeof kafkaClient>;
  /** Before topic and group names. */
  readonly prefix: string;
  readonly topics: readonly string[];
  readonly services: readonly ServiceName[];
  database(service: ServiceName): mongoose.mongo.Db;
  close(): Promise<void>;
}

/** Connects to what the settings name; throws ConfigError, or RuleError `no_database` when none answers within ten seconds. */
export async function installation(): Promise<Installation> {
  const config = loadConfig(BackupConfig);
  const client = new mongoose.mongo.MongoClient(config.MONGODB_URI, {
    serverSelectionTimeoutMS: 10_000,
    writeConcern: { w: 'majority' },
  });
  await client.connect().catch((error: Error) => {
    throw new RuleError('no_database', `the database of MONGODB_URI does not answer: ${error.message}`);
  });
  return {
    client,
    kafka: kafkaClient(config, 'backup'),
    prefix: config.TOPIC_PREFIX,
    topics: allTopics(),
    services: SERVICES,
    database: (service) => client.db(config.DATABASE_PREFIX + service.replaceAll('-', '_')),
    close: () => client.close(),
  };
}
