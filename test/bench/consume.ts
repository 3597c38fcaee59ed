import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  Ctx,
  EventPattern,
  type KafkaContext,
  type MicroserviceOptions,
  Payload,
  Transport,
} from '@nestjs/microservices';
import { getConnectionToken } from '@nestjs/mongoose';
import { logLevel } from 'kafkajs';
import mongoose, { type Connection } from 'mongoose';
import { toHeaders } from '@aiqyn/contracts';
import { createTopics, PARTITIONS, PlatformConfig, startService } from '@aiqyn/platform';
import { ledger } from '../harness/ledger.js';
import { declared } from '../harness/things.js';
import { type Bench, EVENTS, type Figure, inTurn } from './figures.js';

/** It takes them one by one: as many would take minutes. */
const FOR_NEST = 5_000;

/** The driver's word for a row that is there already: kafkajs gives a message again after a rebalance. */
function letRepeat(error: Error & { code?: number }): void {
  if (error.code !== 11000) throw error;
}

/** A topic read into MongoDB with one effect an event; beside `eachBatch` and `bulkWrite` of the same events. */
export async function consume({ servers, issuer, kafka, mongo, rounds }: Bench): Promise<Figure[]> {
  const publish = async (prefix: string, count = EVENTS): Promise<void> => {
    await createTopics(kafka, prefix);
    const producer = kafka.producer();
    await producer.connect();
    for (let i = 0; i < count; i += 500) {
      const messages = Array.from({ length: 500 }, () => {
        const key = randomUUID();
        return {
          key,
          value: JSON.stringify(declared(key)),
          headers: toHeaders({
            id: `${key}#00000001`,
            type: 'compliance.gift.declared.v1',
            source: '/aiqyn/compliance',
            time: '2025-03-09T00:00:00Z',
            subject: key,
            sequence: 1,
          }),
        };
      });
      await producer.sendBatch({ topicMessages: [{ topic: `${prefix}compliance.events`, messages }] });
    }
    await producer.disconnect();
  };
  /** From the first effect on: joining the group is not what is measured. */
  const drained = async (rows: mongoose.mongo.Collection, all = EVENTS): Promise<number> => {
    const end = performance.now() + 120_000;
    let first = 0;
    let began = 0;
    for (let count = 0; count < all; await pause(5)) {
      if (performance.now() > end) throw new Error(`${count} of ${all} events were handled in two minutes`);
      count = await rows.estimatedDocumentCount();
      if (count > 0 && began === 0) [first, began] = [count, performance.now()];
    }
    return (all - first) / ((performance.now() - began) / 1000);
  };
  const ours = async (count = EVENTS): Promise<number> => {
    const prefix = `b-${randomBytes(3).toString('hex')}-`;
    await publish(prefix, count);
    const db = `bench_${prefix}`.replaceAll('-', '_');
    const service = await startService(
      { name: 'risk-analysis', module: ledger, config: PlatformConfig },
      {
        PORT: '0',
        MONGODB_URI: servers.mongo.address,
        MONGODB_DB: db,
        KAFKA_BROKERS: servers.kafka.address,
        TOPIC_PREFIX: prefix,
        OIDC_ISSUER: issuer,
        LOG_LEVEL: 'silent',
        NODE_ENV: 'test',
      },
    );
    const rate = await drained(mongo.db(db).collection('effects'), count);
    await service.app.get<Connection>(getConnectionToken()).dropDatabase();
    await service.stop();
    return rate;
  };
  /** Where the bare ones put what they did, as durable as ours. */
  const effectsOf = (prefix: string): Promise<mongoose.mongo.Collection<{ _id: string }>> =>
    mongo.db('bench_bare').createCollection<{ _id: string }>(`effects_${prefix}`, {
      writeConcern: { w: 'majority', journal: true },
    });
  const bare = async (): Promise<number> => {
    const prefix = `b-${randomBytes(3).toString('hex')}-`;
    await publish(prefix);
    const rows = await effectsOf(prefix);
    const consumer = kafka.consumer({ groupId: `${prefix}bare`, maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topic: `${prefix}compliance.events`, fromBeginning: true });
    await consumer.run({
      partitionsConsumedConcurrently: PARTITIONS,
      eachBatch: async ({ batch }) => {
        await rows
          .bulkWrite(
            batch.messages.map((m) => ({
              insertOne: {
                document: { _id: String(m.headers!['ce_id']), body: JSON.parse(m.value!.toString()) as object },
              },
            })),
            { ordered: false },
          )
          .catch(letRepeat);
      },
    });
    const rate = await drained(rows as never);
    await consumer.disconnect();
    return rate;
  };
  /** Nest's own server: one message after the other a partition, one insert each; it parks none and knows none that came before. */
  const nest = async (): Promise<number> => {
    const prefix = `b-${randomBytes(3).toString('hex')}-`;
    await publish(prefix, FOR_NEST);
    const rows = await effectsOf(prefix);
    @Controller()
    class OnEvents {
      @EventPattern(`${prefix}compliance.events`)
      async keep(@Payload() body: object, @Ctx() context: unknown): Promise<void> {
        const { headers } = (context as KafkaContext).getMessage();
        // Else it would be given the same message for ever, and none after it.
        await rows.insertOne({ _id: String(headers!['ce_id']), ...{ body } }).catch(letRepeat);
      }
    }
    @Module({ controllers: [OnEvents] })
    class Server {}
    const server = await NestFactory.createMicroservice<MicroserviceOptions>(Server, {
      logger: ['error'],
      transport: Transport.KAFKA,
      options: {
        client: { brokers: servers.kafka.address.split(','), logLevel: logLevel.NOTHING },
        consumer: { groupId: `${prefix}nest`, maxWaitTimeInMs: 100 },
        subscribe: { fromBeginning: true },
        run: { partitionsConsumedConcurrently: PARTITIONS },
      },
    });
    await server.listen();
    const rate = await drained(rows as never, FOR_NEST);
    await server.close();
    return rate;
  };
  return [
    {
      name: 'events consumed with an effect in MongoDB',
      ...(await inTurn(rounds, ours, bare)),
      unit: '/s',
      note: 'bare: kafkajs eachBatch + bulkWrite; aim 0.5',
    },
    {
      name: 'events consumed, against ServerKafka of Nest',
      ...(await inTurn(rounds, () => ours(FOR_NEST), nest)),
      unit: '/s',
      note: 'bare: @EventPattern and one insert each; no inbox, no retry, no parking',
    },
  ];
}
