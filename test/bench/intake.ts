import { randomBytes, randomUUID } from 'node:crypto';
import { until } from '@aiqyn/local';
import { readLog, UNSENT } from '@aiqyn/platform';
import { type Bench, type Figure, inTurn, percentile } from './figures.js';
import { load, NEW_ID } from './load.js';
import { withProcesses } from './processes.js';

export const CLIENTS = 32;

const FACTS = { category: 'bribery', areaCode: 'roads', region: 'KZ-75' };
/** What a client seals of a narrative of one to four kilobytes; the service cannot tell it from random bytes. */
const sealedNarrative = {
  enc: randomBytes(32).toString('base64url'),
  ciphertext: randomBytes(4_096 + 16).toString('base64url'),
};
/** A client that seals chooses the id. */
export const SEALED = JSON.stringify({ reportId: NEW_ID, ...FACTS, sealedNarrative });
const PLAIN = JSON.stringify({ ...FACTS, narrative: 'n'.repeat(3_500) });

/** The id in an answer, cut out of it: to parse each would take from the two cores what nobody does for the bare server. */
const idIn = (answer: string): string => {
  const at = answer.indexOf('"reportId":"') + 12;
  return answer.slice(at, at + NEW_ID.length);
};

/**
 * Reports accepted by the real service, with outbox, audit and relay to Kafka, beside a bare server with one insert a
 * request; each answered report is then looked for in the database and on Kafka.
 */
export function intake(bench: Bench): Promise<Figure[]> {
  return withProcesses(bench, 'intake', {}, async (processes) => {
    await processes.start('reporting');
    const url = `${processes.url('reporting')}/v1/reports`;
    const bareUrl = (await processes.bare()).url;
    const full = { seconds: bench.seconds, connections: CLIENTS };
    const answered: string[] = [];
    const times: number[] = [];
    const keep = (text: string, at: number): void => {
      times.push(performance.now() - at);
      answered.push(idIn(text));
    };
    for (const one of [url, bareUrl]) await load(one, SEALED, { ...full, seconds: 3 }, one === url ? keep : undefined);
    times.length = 0;
    const sealed = await inTurn(
      bench.rounds,
      () => load(url, SEALED, full, keep),
      () => load(bareUrl, SEALED, full),
    );
    const p95 = percentile(times, 0.95);
    const onArrival = await inTurn(
      bench.rounds,
      () => load(url, PLAIN, full, keep),
      () => load(bareUrl, PLAIN, full),
    );
    const { stored, published } = await whatBecameOf(bench, `${processes.prefix}reporting.events`, answered);
    const aim = 'bare: Fastify + driver insert, w: majority, j: true';
    return [
      { name: 'reports accepted, sealed by the client (4 KB)', ...sealed, unit: '/s', note: `${aim}; aim 1.5` },
      { name: 'their answers, p95', ours: p95, unit: 'ms', note: `${CLIENTS} clients; aim 500` },
      { name: 'reports accepted, sealed on arrival', ...onArrival, unit: '/s', note: 'one X25519 seal a report' },
      { name: 'reports answered with 201', ours: answered.length, unit: '', note: 'any other answer ends the run' },
      { name: '  of them once in MongoDB', ours: stored, unit: '' },
      { name: '  of them once on Kafka', ours: published, unit: '' },
    ];
  });
}

/** How many of the answered reports are there exactly once; throws when one is lost or doubled. */
async function whatBecameOf(
  { mongo, kafka }: Bench,
  topic: string,
  answered: string[],
): Promise<{ stored: number; published: number }> {
  await until(async () => {
    const left = await mongo.db('aiqyn_reporting').collection('journal').countDocuments(UNSENT);
    if (left > 0) throw new Error(`${left} commits are not sent yet`);
  }, 120_000);
  const cases = mongo.db('aiqyn_reporting').collection<{ _id: string }>('cases');
  const stored = new Set((await cases.find({}, { projection: { _id: 1 } }).toArray()).map((row) => row._id));
  const times = new Map<string, number>();
  await readLog(kafka, [topic], `bench-${randomUUID()}`, ({ envelope }) => {
    times.set(envelope.subject, (times.get(envelope.subject) ?? 0) + 1);
  });
  const inMongo = answered.filter((id) => stored.has(id)).length;
  const onKafka = answered.filter((id) => times.get(id) === 1).length;
  if (inMongo !== answered.length || onKafka !== answered.length || new Set(answered).size !== answered.length)
    throw new Error(`${answered.length} answered, ${inMongo} in MongoDB, ${onKafka} once on Kafka`);
  return { stored: inMongo, published: onKafka };
}

/** What reporting and risk-analysis take together, and the time from request to effect at half of that. */
export function chain(bench: Bench): Promise<Figure[]> {
  return withProcesses(bench, 'intake', {}, async (processes) => {
    await processes.start('reporting');
    await processes.start('risk-analysis');
    const url = `${processes.url('reporting')}/v1/reports`;
    await load(url, SEALED, { seconds: 3, connections: CLIENTS });
    await caughtUp(bench);
    const began = performance.now();
    const accepted = await load(url, SEALED, { seconds: bench.seconds, connections: CLIENTS });
    await caughtUp(bench);
    const through = (accepted * bench.seconds) / ((performance.now() - began) / 1000);
    return [
      {
        name: 'reports through both services, accept to effect',
        ours: through,
        unit: '/s',
        note: 'accepted, relayed, consumed by risk-analysis with its effect, all on this machine',
      },
      ...(await latency(bench, url, Math.round(through / 2))),
    ];
  });
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
  await load(url, SEALED, { seconds: 2, connections: CLIENTS, rate });
  await load(url, SEALED, { seconds, connections: CLIENTS, rate }, (text, at) => {
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
