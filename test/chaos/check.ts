import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import mongoose from 'mongoose';
import { allTopics } from '@aiqyn/contracts';
import { ROOT, type Service, SERVICES, until } from '@aiqyn/local';
import { kafkaClient, readLog, UNSENT, verifyAudit } from '@aiqyn/platform';
import { verifyLog } from '@aiqyn/reporting/verify-receipt';
import type { Answered } from './load.js';
import type { World } from './world.js';

/** One thing that must hold, with what was counted. */
export interface Finding {
  readonly what: string;
  readonly counted: string;
  readonly holds: boolean;
}

const database = (service: Service): string => `aiqyn_${service.replaceAll('-', '_')}`;
const run = promisify(execFile);

interface Log {
  /** Event ids by type and key, in the order of their first appearance. */
  readonly firsts: ReadonlyMap<string, readonly string[]>;
  readonly ids: ReadonlySet<string>;
  readonly repeats: number;
  readonly outOfOrder: readonly string[];
}

/** Everything that stands on Kafka. */
async function readAll(world: World): Promise<Log> {
  const ids = new Set<string>();
  const firsts = new Map<string, string[]>();
  const last = new Map<string, number>();
  const outOfOrder: string[] = [];
  let repeats = 0;
  const kafka = kafkaClient({ KAFKA_BROKERS: world.brokers, KAFKA_TLS: 'off' }, 'check');
  await readLog(kafka, allTopics(), `check-${randomUUID()}`, ({ envelope: { id, type, subject, sequence } }) => {
    if (subject.startsWith('poison-')) return;
    if (ids.has(id)) return void (repeats += 1);
    ids.add(id);
    const of = `${type} ${subject}`;
    firsts.set(of, [...(firsts.get(of) ?? []), id]);
    const at = `${type.slice(0, type.indexOf('.'))} ${subject}`;
    if (Number(sequence) !== (last.get(at) ?? 0) + 1) outOfOrder.push(id);
    last.set(at, Number(sequence));
  });
  return { firsts, ids, repeats, outOfOrder };
}

/** The transparency log after its day is over: as many leaves as reports, and every head vouches for it. */
async function merkle(world: World, reports: number): Promise<Finding> {
  const clock = join(world.dir, 'tomorrow');
  writeFileSync(clock, new Date(Date.now() + 86_400_000).toISOString());
  await world.restart('reporting', { DEMO_CLOCK_FILE: clock });
  const get = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${world.addresses('reporting')[0]}/v1/transparency/${path}`)).json()) as T;
  const head = await until(async () => {
    const found = await get<{ treeSize?: number; key: string }>('tree-head');
    if (found.treeSize !== reports) throw new Error(`the log has ${found.treeSize ?? 0} of ${reports} reports`);
    return found;
  }, 60_000).catch((error: Error) => error);
  if (head instanceof Error) return { what: 'transparency log', counted: head.message, holds: false };
  const entries: { leaf: string; root: string }[] = [];
  while (entries.length < reports) {
    const page = await get<{ entries: { leaf: string; root: string }[] }>(
      `entries?start=${entries.length}&end=${reports}`,
    );
    entries.push(...page.entries);
  }
  const { heads } = await get<{ heads: { checkpoint: string }[] }>('tree-heads');
  const { verdict } = await verifyLog({ entries, heads: heads.map(({ checkpoint }) => checkpoint) }, head.key);
  return { what: 'transparency log', counted: `${reports} reports, ${verdict}`, holds: verdict === 'valid' };
}

/** What became of everything that was answered; waits until nothing is under way. */
export async function check(world: World, answered: readonly Answered[], poisoned: number): Promise<Finding[]> {
  const client = await new mongoose.mongo.MongoClient(world.mongoUri).connect();
  const rows = (service: Service, collection: string) => client.db(database(service)).collection(collection);
  try {
    await until(async () => {
      for (const service of SERVICES) {
        const left = await rows(service, 'journal').countDocuments(UNSENT);
        if (left > 0) throw new Error(`${left} commits of ${service} are not sent`);
      }
    }, 120_000);
    const log = await readAll(world);
    const counted = client.db(database('report-compilation')).collection('facts');
    const types = await counted.distinct('type');
    const events = log.ids.size;
    const factsDue = [...log.firsts].filter(([of]) => types.includes(of.slice(0, of.indexOf(' '))));
    const due = factsDue.reduce((sum, [, ids]) => sum + ids.length, 0);
    await until(async () => {
      const facts = await counted.countDocuments();
      if (facts < due) throw new Error(`${due - facts} of ${due} facts are missing`);
    }, 180_000).catch(() => undefined);

    const lost: string[] = [];
    const doubled: string[] = [];
    for (const { service, collection, type, key } of answered) {
      const there = await rows(service, collection).countDocuments({ _id: key as never });
      if (there === 0) lost.push(`${type} ${key}`);
      const ids = log.firsts.get(`${type} ${key}`) ?? [];
      if (ids.length === 0) lost.push(`${type} ${key} on Kafka`);
      if (there > 1 || ids.length > 1) doubled.push(`${type} ${key}`);
    }
    const facts = await counted.countDocuments();
    const audits = await Promise.all(
      SERVICES.map(async (service) => ({ service, ...(await verifyAudit(client.db(database(service)))) })),
    );
    const parked = await Promise.all(SERVICES.map((service) => rows(service, 'parked_events').find().toArray()));
    const honest = parked.flat().filter(({ key }) => !String(key).startsWith('poison-'));
    const foul = parked.flat().length - honest.length;
    const reports = await rows('reporting', 'cases').countDocuments();
    const findings: Finding[] = [
      { what: 'acknowledged commands lost', counted: `${lost.length} of ${answered.length}`, holds: lost.length === 0 },
      { what: 'effects that happened twice', counted: `${doubled.length}`, holds: doubled.length === 0 },
      {
        what: 'events on Kafka, repeats of them',
        counted: `${events}, ${log.repeats} (absorbed by inboxes)`,
        holds: events > 0,
      },
      {
        what: 'facts of the National Report',
        counted: `${facts} of ${due} events that count`,
        holds: facts === due && due > 0,
      },
      { what: 'events out of order', counted: `${log.outOfOrder.length}`, holds: log.outOfOrder.length === 0 },
      ...audits.map((told) => ({
        what: `audit chain of ${told.service}`,
        counted: told.intact ? `${told.entries} entries` : `broken at ${told.firstBad}`,
        holds: told.intact && told.entries > 0,
      })),
      { what: 'honest events parked', counted: `${honest.length}`, holds: honest.length === 0 },
      {
        what: 'poisoned events parked',
        counted: `${foul} by the services that handle them`,
        holds: poisoned === 0 ? foul === 0 : foul >= poisoned,
      },
      await merkle(world, reports),
    ];
    for (const [what, service, tool] of [
      ['facts, rebuilt from the log', 'report-compilation', 'services/report-compilation/dist/facts/rebuild.js'],
      ['register of gifts, rebuilt', 'compliance', 'services/compliance/dist/gifts/publish-gifts/rebuild.js'],
    ] as const) {
      const told = await run(process.execPath, [join(ROOT, tool), '--verify'], { env: world.settings(service) }).then(
        () => 'equal',
        (error: { stdout?: string; stderr?: string }) => `${error.stdout ?? ''}${error.stderr ?? ''}`.trim(),
      );
      findings.push({ what, counted: told, holds: told === 'equal' });
    }
    for (const one of [...lost, ...doubled, ...log.outOfOrder].slice(0, 5))
      findings.push({ what: '  for example', counted: one, holds: false });
    return findings;
  } finally {
    await client.close();
  }
}
