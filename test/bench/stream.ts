import { spawn, spawnSync } from 'node:child_process';
import { createReadStream, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type mongoose from 'mongoose';
import { fetchToken, ROOT, until } from '@aiqyn/local';
import { UNSENT } from '@aiqyn/platform';
import { type Bench, type Figure, percentile } from './figures.js';
import { withProcesses } from './processes.js';
import { generated } from './risk.js';

/** Releases a second, handed in ten times a second; the requirement names the second. */
const RATES = [100, 300];
/** In the store before the stream begins. */
const STORED = 3_000;
/** Changed releases, one after the other. */
const CHANGES = 200;
const SETTINGS = join(ROOT, 'services/risk-analysis/fixtures/cardinal-0.0.8/default.ini');
const CLI = join(ROOT, 'services/risk-analysis/dist/cli/cli.js');

type Json = Record<string, unknown>;
interface Store {
  readonly url: string;
  readonly token: string;
  readonly db: mongoose.mongo.Db;
  readonly pid: number;
}

/** Hands in; throws when one of them was refused or was there already. Returns after the commit. */
async function handIn({ url, token }: Store, lines: readonly string[]): Promise<void> {
  const response = await fetch(`${url}/v1/procurement/releases?origin=generated`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body: lines.join('\n'),
  });
  const { recorded } = (await response.json()) as { recorded?: number };
  if (recorded !== lines.length) throw new Error(`${recorded} of ${lines.length} recorded (${response.status})`);
}

/** Waits until what the service does afterwards is done: patterns, fences, sending. */
const atRest = ({ db }: Store): Promise<void> =>
  until(async () => {
    const left = await Promise.all([
      // Whether there is one: to count half a million rows took the database more than what it was waited for.
      db.collection('due_groups').countDocuments({}, { limit: 1 }),
      db.collection('journal').countDocuments(UNSENT, { limit: 1 }),
      db.collection('timers').countDocuments({ dueAt: { $lte: new Date() } }),
    ]);
    // The newest: an older one that was replaced before it was applied is never done.
    const fences = await db.collection('fence_snapshots').findOne({}, { sort: { no: -1 } });
    if (left.some((n) => n > 0) || fences?.['next'] !== 'done') throw new Error('not at rest');
  }, 1_800_000);

async function firstLines(file: string, count: number): Promise<string[]> {
  const lines: string[] = [];
  const input = createReadStream(file);
  for await (const line of createInterface({ input })) if (lines.push(line) === count) break;
  input.destroy();
  return lines;
}
const ocidOf = (line: string): string => (JSON.parse(line) as { ocid: string }).ocid;
const load = (): string => `load average ${loadavg()[0]!.toFixed(1)}`;

function percentiles(name: string, took: readonly number[], note: string): Figure[] {
  return [0.5, 0.95, 0.99].map((share) => ({
    ...{ name: `${name}, p${share * 100}`, ours: percentile(took, share), unit: 'ms' as const },
    ...(share === 0.5 ? { note: `${took.length.toLocaleString('en')} timed; ${note}` } : {}),
  }));
}

/** When each event came to a reader of the topic, by its key. */
interface Reader {
  readonly recorded: ReadonlyMap<string, number>;
  readonly raised: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

async function reader({ kafka }: Bench, topic: string, { pid }: Store): Promise<Reader> {
  const [recorded, raised] = [new Map<string, number>(), new Map<string, number>()];
  const consumer = kafka.consumer({ groupId: `bench-stream-${pid}`, maxWaitTimeInMs: 50 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachBatch: ({ batch: { messages } }) => {
      for (const { key, headers } of messages) {
        const type = String(headers?.['ce_type']);
        if (type.includes('release.recorded')) recorded.set(String(key), performance.now());
        if (type.includes('flag.raised')) raised.set(String(key), performance.now());
      }
      return Promise.resolve();
    },
  });
  return { recorded, raised, stop: () => consumer.disconnect() };
}

const allRead = (lost: () => number): Promise<void> =>
  until(() => {
    const left = lost();
    return left === 0 ? Promise.resolve() : Promise.reject(new Error(`${left} events are missing`));
  }, 60_000);

/** What is in the store before the stream begins. */
async function fill(store: Store, lines: readonly string[], { recorded }: Reader): Promise<Figure> {
  const began = performance.now();
  for (let i = 0; i < lines.length; i += 500) await handIn(store, lines.slice(i, i + 500));
  const ours = lines.length / ((performance.now() - began) / 1_000);
  const average = load();
  await atRest(store);
  await allRead(() => lines.length - recorded.size);
  return {
    name: `${STORED.toLocaleString('en')} releases, one piece of 500 after the other`,
    ...{ ours, unit: '/s', note: average },
  };
}

/** A stream at an even pace: from the moment at which a piece is due to its commit, and to its events as a reader gets them. */
async function paced(store: Store, rate: number, lines: readonly string[], read: Reader): Promise<Figure[]> {
  const { recorded, raised } = read;
  const size = rate / 10;
  const due = new Map<string, number>();
  const commits: number[] = [];
  const answers: Promise<void>[] = [];
  const began = performance.now();
  for (let i = 0; i * size < lines.length; i += 1) {
    // From when it is due, so that a generator that is late does not flatter.
    const at = began + i * 100;
    await pause(Math.max(0, at - performance.now()));
    const piece = lines.slice(i * size, (i + 1) * size);
    for (const line of piece) due.set(ocidOf(line), at);
    const committed = handIn(store, piece).then(() => {
      const took = performance.now() - at;
      for (const _ of piece) commits.push(took);
    });
    answers.push(committed);
  }
  const average = load();
  await Promise.all(answers);
  const through = lines.length / ((performance.now() - began) / 1_000);
  const flags = await store.db
    .collection<{ _id: string; ocid: string }>('flags')
    .find({ ocid: { $in: [...due.keys()] }, outcome: 'triggered' })
    .toArray();
  const lost = (): number =>
    flags.filter(({ _id }) => !raised.has(_id)).length + [...due.keys()].filter((ocid) => !recorded.has(ocid)).length;
  await allRead(lost);
  await atRest(store);
  const name = `${rate} releases/s`;
  const toFlag = flags.map(({ _id, ocid }) => raised.get(_id)! - due.get(ocid)!);
  const toEvent = [...due].map(([ocid, at]) => recorded.get(ocid)! - at);
  return [
    { name: `${name}: taken in`, ours: through, unit: '/s', note: `pieces of ${size}; ${average}` },
    ...percentiles(`${name}: to the answer after the commit`, commits, 'stored with signals, sums and outliers'),
    ...percentiles(`${name}: to release.recorded, read from Kafka`, toEvent, 'each of them'),
    ...percentiles(`${name}: to flag.raised, read from Kafka`, toFlag, 'each stored signal'),
  ];
}

/** CPU of a process so far, in ms; undefined where the kernel does not tell it like Linux, in hundredths of a second. */
function cpuOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}

/** CPU and time of a program that runs to its end, in ms; throws when it fails. The shell tells the CPU of what it ran. */
function costOf(command: string, args: readonly string[]): { cpu: number; time: number } {
  const began = performance.now();
  const { status, stdout } = spawnSync('sh', ['-c', '"$0" "$@" >/dev/null || exit 1; times', command, ...args], {
    encoding: 'utf8',
  });
  const time = performance.now() - began;
  const own = [...stdout.matchAll(/(\d+)m([\d.]+)s/g)]
    .slice(2)
    .map(([, m, s]) => Number(m) * 60_000 + Number(s) * 1_000);
  if (status !== 0 || own.length !== 2) throw new Error(`${command} failed`);
  return { cpu: own[0]! + own[1]!, time };
}
const medianOf = (list: readonly number[]): number => percentile(list, 0.5);

/** The same release a version later: one bid is disqualified or no more, and one bidder less came. */
function changedOf(line: string, i: number): string | undefined {
  const release = JSON.parse(line) as { tender?: Json; bids?: { details?: Json[] } };
  const details = release.bids?.details ?? [];
  const last = details.at(-1);
  if (details.length < 2 || !last) return undefined;
  const status = last['status'] === 'disqualified' ? 'valid' : 'disqualified';
  const numberOfTenderers = i % 2 === 0 ? 1 : 5;
  return JSON.stringify({
    ...release,
    ...{ date: '2031-01-01T00:00:00Z', tender: { ...release.tender, numberOfTenderers } },
    bids: { ...release.bids, details: [...details.slice(0, -1), { ...last, status }] },
  });
}

/** One changed release in a store of many, beside computing all of them anew. */
async function oneChange({ releases, cardinal }: Bench, store: Store, file: string): Promise<Figure[]> {
  const importing = spawn(process.execPath, [CLI, 'import', file, '--url', store.url, '--origin', 'generated'], {
    stdio: 'ignore',
    env: { ...process.env, AIQYN_TOKEN: store.token },
  });
  const code = await new Promise((resolve) => importing.on('exit', resolve));
  if (code !== 0) throw new Error(`the import ended with ${String(code)}`);
  await atRest(store);
  const count = await store.db.collection('releases').countDocuments();
  if (count !== releases) throw new Error(`${count} of ${releases} are in the store`);
  const changes: string[] = [];
  let no = 0;
  const input = createReadStream(file);
  for await (const line of createInterface({ input })) {
    // Spread over the file, each another process.
    if (no >= (changes.length * releases) / CHANGES / 2) {
      const changed = changes.length < CHANGES ? changedOf(line, no) : undefined;
      if (changed) changes.push(changed);
    }
    no += 1;
  }
  const mongod = async (): Promise<number | undefined> => {
    const { extra_info: info } = (await store.db.admin().serverStatus()) as { extra_info?: Record<string, number> };
    return info?.['user_time_us'] === undefined ? undefined : (info['user_time_us'] + info['system_time_us']!) / 1_000;
  };
  const average = load();
  const before = [cpuOf(store.pid), await mongod()];
  const took: number[] = [];
  for (const line of changes) {
    const began = performance.now();
    await handIn(store, [line]);
    took.push(performance.now() - began);
  }
  await atRest(store);
  const [own, server] = [cpuOf(store.pid), await mongod()].map((after, i) =>
    after === undefined ? undefined : (after - before[i]!) / changes.length,
  );
  const name = `one changed release in a store of ${releases.toLocaleString('en')}`;
  const alone = medianOf(took);
  const note = `median of ${took.length}; p95 ${percentile(took, 0.95).toFixed(0)} ms; ${average}`;
  const figures: Figure[] = [{ name: `${name}: to the answer`, ours: alone, unit: 'ms', note }];
  if (own !== undefined) {
    const beside = server === undefined ? '' : `; mongod besides ${server.toFixed(1)} ms`;
    const all = `signals, sums, outliers, and patterns and sending afterwards${beside}`;
    figures.push({ name: '  CPU of the service for it', ours: own, unit: 'ms', note: all });
  }
  const programs: [string, string, string[]][] = [
    [
      'risk indicators',
      process.execPath,
      [CLI, 'indicators', file, '--set', 'cardinal-0.0.8', '--settings', SETTINGS, '--json'],
    ],
    ...(cardinal
      ? [['Cardinal', cardinal, ['indicators', '--settings', SETTINGS, file]] as [string, string, string[]]]
      : []),
  ];
  for (const [program, command, args] of programs) {
    const runs = [1, 2, 3].map(() => costOf(command, args));
    const [cpu, time] = [medianOf(runs.map((r) => r.cpu)), medianOf(runs.map((r) => r.time))];
    figures.push(
      {
        name: `all of them anew, ${program}: CPU`,
        ours: cpu / 1_000,
        unit: 's',
        note: `time ${(time / 1_000).toFixed(1)} s; ${load()}`,
      },
      { name: '  as many changes cost the same time', ours: time / alone, unit: '', note: 'aim 1,000 of 200,000' },
    );
    if (own !== undefined)
      figures.push({ name: '  as many changes cost the service the same CPU', ours: cpu / own, unit: '' });
  }
  return figures;
}

/** What a stream of releases waits for, and what one changed release costs; the registry shares the machine with the servers. */
export function stream(bench: Bench): Promise<Figure[]> {
  const { dir, issuer, mongo, seconds, releases } = bench;
  const file = generated(dir, releases);
  return withProcesses(bench, 'stream', { MONGODB_DB: 'bench_stream' }, async ({ url, prefix, start }) => {
    const { pid } = await start('risk-analysis');
    const token = await fetchToken(issuer, 'registry');
    const store = { url: url('risk-analysis'), token, db: mongo.db('bench_stream'), pid };
    const streamed = RATES.map((rate) => rate * seconds);
    const lines = await firstLines(file, STORED + streamed.reduce((all, one) => all + one, 0));
    if (lines.length < STORED + streamed.reduce((all, one) => all + one, 0))
      throw new Error('more releases are streamed than --releases');
    const read = await reader(bench, `${prefix}risk-analysis.events`, store);
    const figures: Figure[] = [];
    try {
      figures.push(await fill(store, lines.splice(0, STORED), read));
      for (const rate of RATES) figures.push(...(await paced(store, rate, lines.splice(0, rate * seconds), read)));
    } finally {
      await read.stop();
    }
    return [...figures, ...(await oneChange(bench, store, file))];
  });
}
