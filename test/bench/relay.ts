import { randomBytes, randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { CompressionTypes } from 'kafkajs';
import type { Connection } from 'mongoose';
import {
  createLogger,
  createTopics,
  GroupCommit,
  kafkaClient,
  PlatformConfig,
  startService,
  UNSENT,
} from '@aiqyn/platform';
import { EventProducer, Metrics, Relay } from '@aiqyn/platform/testing';
import { overdue } from '../harness/things.js';
import { type Bench, EVENTS, type Figure, inTurn } from './figures.js';

@Module({})
class Nothing {}

/** A backlog that group commits of 64 commands wrote, relayed to Kafka; beside `sendBatch` of as many messages. */
export async function relay({ servers, issuer, kafka, mongo, rounds }: Bench): Promise<Figure[]> {
  const prefix = `b-${randomBytes(3).toString('hex')}-`;
  const database = `bench_${prefix}`.replaceAll('-', '_');
  await createTopics(kafka, prefix);
  const service = await startService(
    { name: 'reporting', module: Nothing, config: PlatformConfig },
    {
      ...{ PORT: '0', MONGODB_URI: servers.mongo.address, MONGODB_DB: database, TOPIC_PREFIX: prefix },
      ...{ KAFKA_BROKERS: servers.kafka.address, OIDC_ISSUER: issuer, LOG_LEVEL: 'silent', NODE_ENV: 'test' },
    },
  );
  // Only the measured relay may send what is written below.
  await service.relay.stop();
  const journal = mongo.db(database).collection('journal');
  const group = service.app.get(GroupCommit);
  const ours = async (): Promise<number> => {
    for (let i = 0; i < EVENTS; i += 1_000)
      await Promise.all(Array.from({ length: 1_000 }, () => group.run((tx) => tx.publish(overdue(randomUUID()), 1))));
    const measured = new Relay(
      service.app.get<Connection>(getConnectionToken()),
      new EventProducer(
        kafkaClient({ KAFKA_BROKERS: servers.kafka.address, KAFKA_TLS: 'off' }, 'bench'),
        'compliance',
        prefix,
      ),
      { held: true } as never,
      service.app.get(Metrics),
      createLogger('bench', 'silent'),
    );
    const began = performance.now();
    while ((await measured.sendBatch()) === 'more');
    const rate = EVENTS / ((performance.now() - began) / 1000);
    const left = await journal.countDocuments(UNSENT);
    await measured.stop();
    if (left > 0) throw new Error(`${left} rows were not sent`);
    return rate;
  };
  const bare = async (): Promise<number> => {
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const began = performance.now();
    for (let i = 0; i < EVENTS; i += 500) {
      const messages = Array.from({ length: 500 }, () => ({
        key: randomUUID(),
        value: JSON.stringify(overdue(randomUUID())),
      }));
      await producer.sendBatch({
        ...{ acks: -1, compression: CompressionTypes.GZIP },
        topicMessages: [{ topic: `${prefix}compliance.events`, messages }],
      });
    }
    const rate = EVENTS / ((performance.now() - began) / 1000);
    await producer.disconnect();
    return rate;
  };
  try {
    return [
      {
        name: 'events relayed from the outbox',
        ...(await inTurn(rounds, ours, bare)),
        unit: '/s',
        note: 'bare: kafkajs sendBatch of 500, idempotent, no headers; aim 0.4',
      },
    ];
  } finally {
    await service.stop();
  }
}
