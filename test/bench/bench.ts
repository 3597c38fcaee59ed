import { randomBytes, randomUUID } from 'node:crypto';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { getConnectionToken } from '@nestjs/mongoose';
import { CompressionTypes, Kafka, logLevel } from 'kafkajs';
import mongoose, { type Connection } from 'mongoose';
import { GiftOverdueV1, toHeaders } from '@aiqyn/contracts';
import {
  type Child,
  freePort,
  ready,
  ROOT,
  type Service,
  SERVICES,
  startChild,
  startIssuer,
  startServers,
  startService as startProcess,
  STATE,
  until,
} from '@aiqyn/local';
import { createLogger, createTopics, kafkaClient, PlatformConfig, startService } from '@aiqyn/platform';
import { EventProducer, Metrics, Relay } from '@aiqyn/platform/testing';
import { ledger } from '../harness/ledger.js';
import { load, percentiles } from './load.js';

/**
 * `npm run bench [-- --json] [-- --seconds N]`: each figure beside the bare libraries, measured in turn in this run; the
 * load generator shares the machine with everything.
 */
const args = process.argv.slice(2);
const SECONDS = Number(args[args.indexOf('--seconds') + 1] ?? Number.NaN) || 8;
const EVENTS = 20_000;
const dir = join(STATE, 'bench');
const servers = await startServers({ dir, ephemeral: true, log: console.log });
const issuer = await startIssuer({ port: await freePort(), dir });
const kafka = new Kafka({ clientId: 'bench', brokers: servers.kafka.address.split(','), logLevel: logLevel.NOTHING });
const mongo = await new mongoose.mongo.MongoClient(servers.mongo.address).connect();
const figures: { name: string; ours: number; bare?: number; unit: string; note?: string }[] = [];
const children: Child[] = [];
const median = (list: number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!;

/** The ratio pair by pair, so that a machine whose speed drifts does not decide it. */
async function inTurn(
  rounds: number,
  ours: () => Promise<number>,
  bare: () => Promise<number>,
): Promise<{ ours: number; bare: number }> {
  const pairs: { ours: number; bare: number }[] = [];
  for (let i = 0; i < rounds; i += 1) pairs.push({ bare: await bare(), ours: await ours() });
  const ratio = median(pairs.map((p) => p.ours / p.bare));
  return pairs.find((p) => p.ours / p.bare === ratio)!;
}

async function accept(): Promise<void> {
  const ports = Object.fromEntries(
    await Promise.all(SERVICES.map(async (s) => [s, await freePort()] as const)),
  ) as Record<Service, number>;
  const settings = {
    dir,
    mongoUri: servers.mongo.address,
    brokers: servers.kafka.address,
    issuer: issuer.url,
    ports,
    env: { LOG_LEVEL: 'warn', DEMO_CLOCK_FILE: '' },
  };
  const barePort = await freePort();
  for (const s of ['reporting', 'risk-analysis'] as const) children.push(startProcess(s, settings));
  children.push(
    startChild(dir, 'bare', process.execPath, [
      join(ROOT, 'test/dist/bench/bare-server.js'),
      servers.mongo.address,
      String(barePort),
    ]),
  );
  await Promise.all([
    ready(children[0]!, ports.reporting, dir),
    ready(children[1]!, ports['risk-analysis'], dir),
    ready(children[2]!, barePort, dir),
  ]);
  const base = { category: 'bribery', areaCode: 'roads', region: 'KZ-75' };
  const sealed = {
    ...base,
    sealedNarrative: {
      enc: randomBytes(32).toString('base64url'),
      ciphertext: randomBytes(3_072).toString('base64url'),
    },
  };
  const sealedText = JSON.stringify(sealed);
  const plainText = JSON.stringify({ ...base, narrative: 'n'.repeat(3_500) });
  const url = `http://localhost:${ports.reporting}/v1/reports`;
  const bareUrl = `http://localhost:${barePort}/v1/reports`;
  const options = { seconds: SECONDS, connections: 64 };
  await load(url, () => sealedText, { ...options, seconds: 2 });
  await load(bareUrl, () => sealedText, { ...options, seconds: 2 });
  const pair = await inTurn(
    3,
    async () => (await load(url, () => sealedText, options)).perSecond,
    async () => (await load(bareUrl, () => sealedText, options)).perSecond,
  );
  figures.push({
    name: 'reports accepted, sealed by the client (4 KB)',
    ...pair,
    unit: '/s',
    note: 'bare: Fastify + driver insert, w: majority, j: true; aim 1.5',
  });
  const onArrival = await load(url, () => plainText, options);
  figures.push({
    name: 'reports accepted, sealed on arrival',
    ours: onArrival.perSecond,
    bare: pair.bare,
    unit: '/s',
    note: 'one X25519 seal a report in the service',
  });

  // Latency from the request to the effect in another service's database.
  await until(async () => {
    const left = await mongo.db('aiqyn_reporting').collection('outbox').countDocuments();
    if (left > 0) throw new Error(`${left} events left`);
  }, 120_000);
  const rate = 200;
  const began = new Map<string, number>();
  const took: number[] = [];
  const answers: number[] = [];
  const stream = mongo
    .db('aiqyn_risk_analysis')
    .collection('inbox')
    .watch([{ $match: { operationType: 'insert' } }]);
  stream.on('change', (change) => {
    const id =
      String((change as { documentKey?: { _id: unknown } }).documentKey?._id)
        .split(' ')[1]
        ?.split('#')[0] ?? '';
    const at = began.get(id);
    if (at !== undefined) took.push(performance.now() - at);
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const calls: Promise<void>[] = [];
  for (let n = 0; n < rate * SECONDS; n += 1) {
    calls.push(
      (async () => {
        const at = performance.now();
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: sealedText,
        });
        const { reportId } = (await response.json()) as { reportId: string };
        answers.push(performance.now() - at);
        began.set(reportId, at);
      })(),
    );
    if (n % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 10_000 / rate));
  }
  await Promise.all(calls);
  await until(
    () => (took.length >= rate * SECONDS * 0.98 ? Promise.resolve() : Promise.reject(new Error('late'))),
    20_000,
  ).catch(() => undefined);
  await stream.close();
  const latency = percentiles(took);
  figures.push({
    name: `accept to effect in another service, ${rate}/s, p50`,
    ours: latency.p50,
    unit: 'ms',
    note: `${took.length} of ${rate * SECONDS} seen; effects faster than the answer are not counted`,
  });
  figures.push({
    name: `accept to effect in another service, ${rate}/s, p99`,
    ours: latency.p99,
    unit: 'ms',
    note: 'aim 150',
  });
  figures.push({ name: `answer to the citizen, ${rate}/s, p99`, ours: percentiles(answers).p99, unit: 'ms' });
  await Promise.all(children.map((c) => c.stop()));
}

const event = (giftId: string): GiftOverdueV1 =>
  Object.assign(new GiftOverdueV1(), { giftId, day: '2025-03-09', handOverBy: '2025-03-08' });

async function relay(): Promise<void> {
  const prefix = `b-${randomBytes(3).toString('hex')}-`;
  const env = {
    PORT: '0',
    MONGODB_URI: servers.mongo.address,
    MONGODB_DB: `bench_${prefix}`.replaceAll('-', '_'),
    KAFKA_BROKERS: servers.kafka.address,
    TOPIC_PREFIX: prefix,
    OIDC_ISSUER: issuer.url,
    LOG_LEVEL: 'silent',
    NODE_ENV: 'test',
  };
  const outbox = mongo.db(env.MONGODB_DB).collection<{ _id: string }>('outbox');
  const fill = async (): Promise<void> => {
    const rows = Array.from({ length: EVENTS }, () => {
      const key = randomUUID();
      return {
        _id: `${key}#00000001`,
        key,
        sequence: 1,
        type: 'compliance.gift.overdue.v1',
        topic: 'compliance.events',
        time: '2025-03-09T00:00:00Z',
        body: JSON.stringify(event(key)),
        at: new Date(),
      };
    });
    await outbox.insertMany(rows, { ordered: false });
  };
  const none = class Nothing {};
  const ours = async (): Promise<number> => {
    await fill();
    const service = await startService(
      { name: 'reporting', module: none, config: PlatformConfig },
      { ...env, MONGODB_DB: `${env.MONGODB_DB}_service` },
    );
    const connection = service.app.get<Connection>(getConnectionToken()).useDb(env.MONGODB_DB);
    const logger = createLogger('bench', 'silent');
    // The relay alone, as its lease holder runs it: finding the lease and waking up are not what is measured.
    const relay = new Relay(
      connection,
      new EventProducer(kafkaClient(env.KAFKA_BROKERS, 'bench'), 'compliance', prefix),
      { held: true } as never,
      service.app.get(Metrics),
      logger,
    );
    const before = await outbox.countDocuments();
    const began = performance.now();
    while ((await relay.sendBatch()) > 0);
    const rate = before / ((performance.now() - began) / 1000);
    await service.stop();
    return rate;
  };
  await createTopics(kafka, prefix);
  const bare = async (): Promise<number> => {
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const began = performance.now();
    for (let i = 0; i < EVENTS; i += 500) {
      await producer.sendBatch({
        acks: -1,
        compression: CompressionTypes.GZIP,
        topicMessages: [
          {
            topic: `${prefix}compliance.events`,
            messages: Array.from({ length: 500 }, () => ({
              key: randomUUID(),
              value: JSON.stringify(event(randomUUID())),
            })),
          },
        ],
      });
    }
    const rate = EVENTS / ((performance.now() - began) / 1000);
    await producer.disconnect();
    return rate;
  };
  figures.push({
    name: 'events relayed from the outbox',
    ...(await inTurn(3, ours, bare)),
    unit: '/s',
    note: 'bare: kafkajs sendBatch of 500, idempotent; aim 0.4',
  });
}

async function consume(): Promise<void> {
  const publish = async (prefix: string): Promise<void> => {
    await createTopics(kafka, prefix);
    const producer = kafka.producer();
    await producer.connect();
    for (let i = 0; i < EVENTS; i += 500) {
      const messages = Array.from({ length: 500 }, () => {
        const key = randomUUID();
        return {
          key,
          value: JSON.stringify(event(key)),
          headers: toHeaders({
            id: `${key}#00000001`,
            type: 'compliance.gift.overdue.v1',
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
  const drained = async (rows: mongoose.mongo.Collection): Promise<number> => {
    // From the first effect on: joining the group is not what is measured.
    let first = 0;
    let began = 0;
    await until(async () => {
      const count = await rows.estimatedDocumentCount();
      if (count > 0 && began === 0) [first, began] = [count, performance.now()];
      if (count < EVENTS) throw new Error(`${count}`);
    }, 120_000);
    return (EVENTS - first) / ((performance.now() - began) / 1000);
  };
  const ours = async (): Promise<number> => {
    const prefix = `b-${randomBytes(3).toString('hex')}-`;
    await publish(prefix);
    const db = `bench_${prefix}`.replaceAll('-', '_');
    const service = await startService(
      { name: 'risk-analysis', module: ledger, config: PlatformConfig },
      {
        PORT: '0',
        MONGODB_URI: servers.mongo.address,
        MONGODB_DB: db,
        KAFKA_BROKERS: servers.kafka.address,
        TOPIC_PREFIX: prefix,
        OIDC_ISSUER: issuer.url,
        LOG_LEVEL: 'silent',
        NODE_ENV: 'test',
      },
    );
    const rate = await drained(mongo.db(db).collection('effects'));
    await service.app.get<Connection>(getConnectionToken()).dropDatabase();
    await service.stop();
    return rate;
  };
  const bare = async (): Promise<number> => {
    const prefix = `b-${randomBytes(3).toString('hex')}-`;
    await publish(prefix);
    const rows = mongo
      .db('bench_bare')
      .collection<{ _id: string }>(`effects_${prefix}`, { writeConcern: { w: 'majority', journal: true } });
    const consumer = kafka.consumer({ groupId: `${prefix}bare`, maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topic: `${prefix}compliance.events`, fromBeginning: true });
    await consumer.run({
      partitionsConsumedConcurrently: 3,
      eachBatch: async ({ batch }) => {
        await rows.bulkWrite(
          batch.messages.map((m) => ({
            insertOne: {
              document: { _id: String(m.headers!['ce_id']), body: JSON.parse(m.value!.toString()) as object },
            },
          })),
          { ordered: false },
        );
      },
    });
    const rate = await drained(rows as never);
    await consumer.disconnect();
    return rate;
  };
  figures.push({
    name: 'events consumed with an effect in MongoDB',
    ...(await inTurn(3, ours, bare)),
    unit: '/s',
    note: 'bare: kafkajs eachBatch + bulkWrite; aim 0.5',
  });
}

try {
  await accept();
  await relay();
  await consume();
} finally {
  await Promise.all(children.map((c) => c.stop()));
  await mongo.close();
  await issuer.stop();
  await servers.stop();
}
const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
if (args.includes('--json')) console.log(JSON.stringify({ machine, figures }));
else {
  console.log(`\nnpm run bench -- --seconds ${SECONDS}    on ${machine}\n`);
  for (const { name, ours, bare, unit, note } of figures) {
    const value = ours >= 100 ? Math.round(ours).toLocaleString('en') : ours.toFixed(1);
    const beside =
      bare === undefined
        ? ''
        : `  bare ${Math.round(bare).toLocaleString('en')} ${unit}  ratio ${(ours / bare).toFixed(2)}`;
    console.log(`${name.padEnd(54)} ${value.padStart(8)} ${unit}${beside}${note ? `   (${note})` : ''}`);
  }
}
process.exit(0);
