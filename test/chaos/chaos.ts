import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import mongoose from 'mongoose';
import {
  type Child,
  fetchToken,
  freePort,
  ready,
  type Service,
  SERVICES,
  startIssuer,
  startServers,
  startService,
  STATE,
  until,
} from '@aiqyn/local';
import { kafkaClient, readLog } from '@aiqyn/platform';

/**
 * `npm run chaos [-- --reports N] [--json]`: 32 clients post reports while the reporting process is killed with -9 five
 * times and the broker once; then a checker counts what became of each report that was answered with 201.
 */
const args = process.argv.slice(2);
const REPORTS = Number(args[args.indexOf('--reports') + 1] ?? Number.NaN) || 2_000;
const CLIENTS = 32;
const KILLS = 5;
const dir = join(STATE, 'chaos');
const say = (line: string): void => console.log(line);

const servers = await startServers({ dir, ephemeral: true, log: say });
const issuerPort = await freePort();
const issuer = await startIssuer({ port: issuerPort, dir });
const ports = Object.fromEntries(
  await Promise.all(SERVICES.map(async (s) => [s, await freePort()] as const)),
) as Record<Service, number>;
const settings = {
  dir,
  mongoUri: servers.mongo.address,
  brokers: servers.kafka.address,
  issuer: issuer.url,
  ports,
  env: { LOG_LEVEL: 'warn' },
};
const children = new Map<Service, Child>(SERVICES.map((s) => [s, startService(s, settings)]));
let failed = false;

try {
  await Promise.all([...children].map(([s, child]) => ready(child, ports[s], dir)));
  const accepted = new Map<string, string>();
  let next = 0;
  let retries = 0;

  /** A client that comes again with the same Idempotency-Key until it has an answer. */
  const client = async (): Promise<void> => {
    while (next < REPORTS) {
      const n = (next += 1);
      const key = randomUUID();
      const body = JSON.stringify({ category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: `chaos ${n}` });
      for (;;) {
        try {
          const response = await fetch(`http://localhost:${ports.reporting}/v1/reports`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'idempotency-key': key },
            body,
            signal: AbortSignal.timeout(10_000),
          });
          if (response.status === 201) {
            accepted.set(key, ((await response.json()) as { reportId: string }).reportId);
            break;
          }
        } catch {
          // The process is down: the citizen's client tries again.
        }
        retries += 1;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  };

  /** Kills at even distances of progress, so that the load is always under way. */
  const killer = async (): Promise<void> => {
    for (let kill = 1; kill <= KILLS; kill += 1) {
      while (accepted.size < (REPORTS * kill) / (KILLS + 1)) await new Promise((resolve) => setTimeout(resolve, 5));
      const child = children.get('reporting')!;
      child.kill('SIGKILL');
      await child.ended;
      say(`kill -9 of reporting, no. ${kill}, at ${accepted.size} accepted`);
      if (kill === 3 && servers.kafka.kill) {
        await servers.kafka.kill();
        say(`kill -9 of the broker, at ${accepted.size} accepted`);
        await servers.kafka.restart!();
        say('the broker is back');
      }
      children.set('reporting', startService('reporting', settings));
      await ready(children.get('reporting')!, ports.reporting, dir);
    }
  };

  await Promise.all([killer(), ...Array.from({ length: CLIENTS }, client)]);
  say(`${accepted.size} reports answered with 201, ${retries} attempts failed and were repeated`);

  const editor = await fetchToken(issuer.url, 'editor');
  const api = async <T>(path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`http://localhost:${ports['report-compilation']}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${editor}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return (await response.json()) as T;
  };
  await until(async () => {
    const { counts } = await api<{ counts: Record<string, number> }>('/v1/facts/counts');
    const arrived = counts['reporting.report.received.v1'] ?? 0;
    if (arrived < accepted.size)
      throw new Error(`${arrived} of ${accepted.size} reports arrived at report-compilation`);
  }, 120_000);

  const mongo = await new mongoose.mongo.MongoClient(servers.mongo.address).connect();
  const stored = await mongo
    .db('aiqyn_reporting')
    .collection<{ _id: string }>('cases')
    .find({}, { projection: { _id: 1 } })
    .toArray();
  await mongo.close();
  const published: string[] = [];
  await readLog(
    kafkaClient({ KAFKA_BROKERS: servers.kafka.address, KAFKA_TLS: 'off' }, 'chaos'),
    ['reporting.events'],
    `chaos-${randomUUID()}`,
    ({ envelope }) => {
      if (envelope.type === 'reporting.report.received.v1') published.push(envelope.subject);
    },
  );
  const year = new Date().getFullYear();
  const { nationalReportId } = await api<{ nationalReportId: string }>('/v1/national-reports', { year });
  const path = `/v1/national-reports/${nationalReportId}`;
  await api(`${path}/collection`, {});
  await api(`${path}/assessment`, {});
  const counted = await until(async () => {
    const { model } = await api<{ model?: { numbers: Record<string, { value: number }> } }>(`${path}/draft`);
    if (!model) throw new Error('the report is not sealed yet');
    return model.numbers['reports.total']!.value;
  }, 120_000);

  const ids = new Set(accepted.values());
  const once = (list: string[]): number => {
    const times = new Map<string, number>();
    for (const id of list) times.set(id, (times.get(id) ?? 0) + 1);
    return [...ids].filter((id) => times.get(id) === 1).length;
  };
  const result = {
    accepted: ids.size,
    inMongoOnce: once(stored.map((r) => r._id)),
    onKafkaOnce: once(published),
    countedInReport: counted,
  };
  failed =
    result.accepted !== REPORTS ||
    [result.inMongoOnce, result.onKafkaOnce, result.countedInReport].some((n) => n !== result.accepted) ||
    stored.length !== result.accepted ||
    published.length !== result.accepted;
  if (args.includes('--json')) say(JSON.stringify(result));
  say(`in MongoDB once        ${result.inMongoOnce} of ${result.accepted} (${stored.length} rows)`);
  say(`on Kafka once          ${result.onKafkaOnce} of ${result.accepted} (${published.length} events)`);
  say(`counted in the report  ${result.countedInReport} of ${result.accepted}`);
  say(failed ? 'FAILED' : 'nothing lost, nothing doubled');
} finally {
  await Promise.all([...children.values()].map((child) => child.stop()));
  await issuer.stop();
  await servers.stop();
}
process.exit(failed ? 1 : 0);
