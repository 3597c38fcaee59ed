import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  type Child,
  freePort,
  ready,
  ROOT,
  type Service,
  SERVICES,
  startChild,
  startService,
  until,
} from '@aiqyn/local';
import { type Bench, type Figure, inTurn, percentile } from './figures.js';
import { load, NEW_ID } from './load.js';

const CONNECTIONS = 64;

const FACTS = { category: 'bribery', areaCode: 'roads', region: 'KZ-75' };
/** What a client seals of a narrative of one to four kilobytes; the service cannot tell it from random bytes. */
const sealedNarrative = {
  enc: randomBytes(32).toString('base64url'),
  ciphertext: randomBytes(4_096 + 16).toString('base64url'),
};
/** A client that seals chooses the id. */
const SEALED = JSON.stringify({ reportId: NEW_ID, ...FACTS, sealedNarrative });
const PLAIN = JSON.stringify({ ...FACTS, narrative: 'n'.repeat(3_500) });

/**
 * Reports accepted by the real service, with outbox, audit and relay to Kafka, beside a bare server with one insert a
 * request; then the way from the request to the effect in risk-analysis at half of that load.
 */
export async function accept(bench: Bench): Promise<Figure[]> {
  const { dir, seconds, servers, issuer } = bench;
  const ports = Object.fromEntries(
    await Promise.all(SERVICES.map(async (s) => [s, await freePort()] as const)),
  ) as Record<Service, number>;
  const barePort = await freePort();
  const settings = {
    ...{ dir, mongoUri: servers.mongo.address, brokers: servers.kafka.address, issuer, ports },
    env: { LOG_LEVEL: 'warn', DEMO_CLOCK_FILE: '' },
  };
  const url = `http://127.0.0.1:${ports.reporting}/v1/reports`;
  const bareUrl = `http://127.0.0.1:${barePort}/v1/reports`;
  const full = { seconds, connections: CONNECTIONS };
  const children: Child[] = [];
  try {
    const reporting = startService('reporting', settings);
    children.push(reporting);
    await ready(reporting, ports.reporting, dir);
    const bare = startChild(dir, 'bare', process.execPath, [
      join(ROOT, 'test/dist/bench/bare-server.js'),
      servers.mongo.address,
      String(barePort),
    ]);
    children.push(bare);
    await ready(bare, barePort, dir);
    for (const one of [url, bareUrl]) await load(one, SEALED, { ...full, seconds: 3 });
    const sealed = await inTurn(
      3,
      () => load(url, SEALED, full),
      () => load(bareUrl, SEALED, full),
    );
    const onArrival = await inTurn(
      1,
      () => load(url, PLAIN, full),
      () => load(bareUrl, PLAIN, full),
    );
    await bare.stop();
    const risk = startService('risk-analysis', settings);
    children.push(risk);
    await ready(risk, ports['risk-analysis'], dir);
    await caughtUp(bench);
    const began = performance.now();
    const accepted = await load(url, SEALED, full);
    await caughtUp(bench);
    const through = (accepted * seconds) / ((performance.now() - began) / 1000);
    return [
      {
        name: 'reports accepted, sealed by the client (4 KB)',
        ...sealed,
        unit: '/s',
        note: 'bare: Fastify + driver insert, w: majority, j: true; aim 1.5',
      },
      {
        name: 'reports accepted, sealed on arrival',
        ...onArrival,
        unit: '/s',
        note: 'one X25519 seal a report in the service',
      },
      {
        name: 'reports through both services, accept to effect',
        ours: through,
        unit: '/s',
        note: 'accepted, relayed, consumed by risk-analysis with its effect, all on this machine',
      },
      ...(await latency(bench, url, Math.round(through / 2))),
    ];
  } finally {
    await Promise.all(children.map((c) => c.stop()));
  }
}

interface InboxRow {
  readonly ids: string[];
}

/** Waits until risk-analysis has handled every report that reporting accepted. */
async function caughtUp({ mongo }: Bench): Promise<void> {
  await until(async () => {
    const accepted = await mongo.db('aiqyn_reporting').collection('cases').countDocuments();
    const [sum] = await mongo
      .db('aiqyn_risk_analysis')
      .collection<InboxRow>('inbox')
      .aggregate<{ handled: number }>([{ $group: { _id: null, handled: { $sum: { $size: '$ids' } } } }])
      .toArray();
    const left = accepted - (sum?.handled ?? 0);
    if (left > 0) throw new Error(`${left} events are not handled yet`);
  }, 240_000);
}

/** Times `rate` reports a second from the request to the effect in the other service. */
async function latency({ mongo, seconds }: Bench, url: string, rate: number): Promise<Figure[]> {
  const began = new Map<string, number>();
  const seen = new Map<string, number>();
  const stream = mongo
    .db('aiqyn_risk_analysis')
    .collection<InboxRow>('inbox')
    .watch([{ $match: { operationType: 'insert' } }]);
  stream.on('change', (change) => {
    const now = performance.now();
    const ids = change.operationType === 'insert' ? change.fullDocument.ids : [];
    for (const id of ids) seen.set(id.slice(id.indexOf(' ') + 1, id.lastIndexOf('#')), now);
  });
  const answers: number[] = [];
  // The first seconds open the connections.
  await load(url, SEALED, { seconds: 2, connections: CONNECTIONS, rate });
  await load(url, SEALED, { seconds, connections: CONNECTIONS, rate }, (text, at) => {
    answers.push(performance.now() - at);
    began.set((JSON.parse(text) as { reportId: string }).reportId, at);
  });
  await until(() => {
    const late = [...began.keys()].filter((id) => !seen.has(id)).length;
    return late === 0 ? Promise.resolve() : Promise.reject(new Error(`${late} effects are missing`));
  }, 60_000);
  await stream.close();
  const took = [...began].map(([id, at]) => seen.get(id)! - at);
  const name = `accept to effect in another service, ${rate}/s`;
  return [
    { name: `${name}, p50`, ours: percentile(took, 0.5), unit: 'ms', note: `half load; ${took.length} timed` },
    { name: `${name}, p99`, ours: percentile(took, 0.99), unit: 'ms', note: 'aim 150' },
    { name: `answer to the citizen, ${rate}/s, p99`, ours: percentile(answers, 0.99), unit: 'ms' },
  ];
}
