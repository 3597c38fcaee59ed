import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readLog } from '@aiqyn/platform';
import { ROOT } from '@aiqyn/local';
import { eventually } from './harness/eventually.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const CODES = ['R003', 'R018', 'R028', 'R030', 'R035', 'R036'];

interface Flag {
  readonly _id: string;
  readonly ocid: string;
  readonly indicator: string;
  readonly outcome: string;
  readonly value: number | null;
  readonly since: string;
  readonly earlier?: { outcome: string }[];
}

type Computed = Partial<
  Record<'OCID' | 'Buyer' | 'ProcuringEntity' | 'Tenderer', Record<string, Record<string, number>>>
>;

interface Outlier {
  readonly _id: string;
  readonly group: string;
  readonly subjectId: string;
  readonly indicator: string;
  readonly outcome: string;
  readonly value?: number;
  readonly tenderers?: string[];
  readonly snapshot: string;
}

interface Pattern {
  readonly indicator: string;
  readonly group: string;
}

interface Purchase {
  readonly purchase: { readonly buyer?: string; readonly method: string; readonly day: string };
}

interface Contribution {
  readonly buyer?: string;
  readonly submitted: number;
  readonly disqualified: number;
}

interface Sum {
  readonly id: string;
  readonly part: number;
  readonly whole: number;
  readonly processes: number;
}

/** What the command line tells of outliers, as the service's ids and values. */
const outliersOf = (computed: Computed): string[] =>
  (['OCID', 'Buyer', 'ProcuringEntity', 'Tenderer'] as const).flatMap((group) =>
    Object.entries(computed[group] ?? {}).flatMap(([id, codes]) =>
      Object.entries(codes)
        .filter(([code]) => (group === 'Tenderer' ? /R025|R038|R048/ : /R024|R025|R038|R048|R058/).test(code))
        .map(([code, value]) => `${group}:${id}:${code} ${value}`),
    ),
  );

describe('signals of a stream of releases', () => {
  let platform: TestPlatform;
  let lines: string[];
  let computed: Computed;
  const load = (some: readonly string[]): Promise<Answer> =>
    platform.call('risk-analysis', '/v1/procurement/releases?origin=generated', {
      ...{ as: 'registry', method: 'POST' },
      raw: { type: 'application/x-ndjson', text: some.join('\n') },
    });
  const db = () => platform.environment.database('risk-analysis');
  const flags = (): Promise<Flag[]> => db().collection<Flag>('flags').find().toArray();
  const outliers = (): Promise<Outlier[]> =>
    db().collection<Outlier>('outliers').find({ outcome: 'triggered' }).sort({ _id: 1 }).toArray();

  beforeAll(async () => {
    platform = await startPlatform('signals', ['risk-analysis']);
    const out = join(platform.dir, 'events.jsonl');
    const generator = join(ROOT, 'deploy/local/data/generate-releases.mjs');
    const args = [generator, '--count', '400', '--seed', '5', '--updates', '0.35', '--out', out];
    expect(spawnSync(process.execPath, args).status).toBe(0);
    lines = readFileSync(out, 'utf8').trim().split('\n');
  }, 120_000);
  afterAll(() => platform?.stop());

  it('are those of the latest versions, whatever the order, with doubled lines and a crash in between', async () => {
    // Last first, so that most versions come late.
    const mixed = [...lines].reverse();
    expect((await load(mixed.slice(0, 300))).status).toBe(200);
    await platform.crash('risk-analysis');
    await Promise.all([load(mixed.slice(200)), platform.replica('risk-analysis')]);
    const again = await load(lines);
    expect(again.body).toMatchObject({ recorded: 0, refused: [] });

    const file = join(platform.dir, 'all.jsonl');
    writeFileSync(file, lines.join('\n'));
    const cli = join(ROOT, 'services/risk-analysis/dist/cli/cli.js');
    const { stdout } = spawnSync(process.execPath, [cli, 'indicators', file, '--json'], { encoding: 'utf8' });
    computed = JSON.parse(stdout) as Computed;
    const batch = Object.entries(computed.OCID!).flatMap(([ocid, codes]) =>
      CODES.filter((code) => code in codes).map((code) => `${ocid}:${code} ${codes[code]}`),
    );
    const stored = await flags();
    const six = stored.filter((f) => CODES.includes(f.indicator) && f.outcome === 'triggered');
    const stream = six.map((f) => `${f._id} ${f.value}`);
    expect(stream.length).toBeGreaterThan(100);
    expect(stream.sort()).toEqual(batch.sort());
  }, 60_000);

  it('stand beside an outcome of each indicator for each process, and no number is none', async () => {
    const stored = await flags();
    expect(JSON.stringify(stored)).not.toMatch(/NaN|Infinity/);
    for (const { outcome, value } of stored) expect(outcome !== 'triggered' || Number.isFinite(value)).toBe(true);
    const releases = await platform.environment
      .database('risk-analysis')
      .collection<{ _id: string; outcomes: Record<string, string> }>('releases')
      .find()
      .toArray();
    expect(releases).toHaveLength(400);
    for (const { _id, outcomes } of releases) {
      expect(Object.keys(outcomes)).toHaveLength(29);
      const triggered = stored.filter((f) => f.ocid === _id && f.outcome === 'triggered').map((f) => f.indicator);
      const said = Object.keys(outcomes).filter((code) => outcomes[code]!.split(':')[0] === 'triggered');
      expect(said.sort()).toEqual(triggered.sort());
    }
  });

  it('tell who stands out among all, as the command line does, by a snapshot of the fences', async () => {
    const tell = () => platform.call('risk-analysis', '/v1/outliers', { as: 'analyst', method: 'POST' });
    expect((await platform.call('risk-analysis', '/v1/outliers', { as: 'registry', method: 'POST' })).status).toBe(403);
    const { status, body } = await tell();
    expect(status).toBe(201);
    const first = await outliers();
    expect(first.map((o) => `${o._id} ${o.value}`).sort()).toEqual(outliersOf(computed).sort());
    expect(first.length).toBeGreaterThan(5);
    // The tenderers that a process is about: in Cardinal's form they carry a zero of their own.
    const involved = first.filter((o) => o.indicator === 'R024').flatMap((o) => o.tenderers ?? []);
    const named = Object.entries(computed.Tenderer!).filter(([, codes]) => codes['R024'] === 0);
    expect([...new Set(involved)].sort()).toEqual(named.map(([id]) => id).sort());
    const fences = await db().collection('fence_snapshots').findOne({ _id: body.snapshot });
    expect(fences).toMatchObject({ method: 'HF8', processes: body.processes, next: 'done' });
    expect(JSON.stringify([fences, first])).not.toMatch(/null|NaN/);
    // Told again with nothing new, no signal is written.
    await tell();
    expect(await outliers()).toEqual(first);
  });

  it('judge whoever a new version touches by the fences that are in force, in the same transaction', async () => {
    const ocid = (await outliers()).find((o) => o.group === 'OCID')!.subjectId;
    const line = lines.findLast((one) => one.includes(`"${ocid}"`))!;
    const release = JSON.parse(line) as { tender: object };
    const later = { ...release, date: '2031-01-01T00:00:00Z', tender: { ...release.tender, status: 'cancelled' } };
    expect((await load([JSON.stringify(later)])).body).toMatchObject({ recorded: 1 });
    const row = await db().collection<Outlier>('outliers').findOne({ group: 'OCID', subjectId: ocid });
    expect(row).toMatchObject({ outcome: 'not-applicable', reason: 'no-gap' });
    // The sums are those of the contributions that are left, counted by hand.
    const bids = (await db().collection<Contribution>('contributions').find().toArray()).filter((c) => c.submitted > 0);
    const sums = await db().collection<Sum>('sums').find({ kind: 'buyer' }).toArray();
    expect(sums.length).toBeGreaterThan(10);
    for (const { id, part, whole, processes } of sums) {
      const own = bids.filter((c) => c.buyer === id);
      const count = (pick: (c: Contribution) => number) => own.reduce((all, c) => all + pick(c), 0);
      expect([part, whole, processes]).toEqual([count((c) => c.disqualified), count((c) => c.submitted), own.length]);
    }
    await load([JSON.stringify({ ...release, date: '2031-01-02T00:00:00Z' })]);
    expect((await outliers()).map((o) => `${o._id} ${o.value}`).sort()).toEqual(outliersOf(computed).sort());
  });

  it('about many purchases together are those of what is stored, and say so once', async () => {
    const patterns = () => db().collection<Pattern>('patterns').find({ outcome: 'triggered' }).toArray();
    await eventually(async () => expect(await db().collection('due_groups').countDocuments()).toBe(0), 60_000);
    const now = await patterns();
    expect(new Set(now.map((p) => p.indicator)).size).toBeGreaterThan(1);
    // Counted by hand: the buyers of whose purchases of a year more than half were direct.
    const stored = await db().collection<Purchase>('purchases').find().toArray();
    const years = Map.groupBy(
      stored.filter(({ purchase }) => purchase.buyer && purchase.method),
      ({ purchase }) => JSON.stringify(['buyer', purchase.buyer, purchase.day.slice(0, 4)]),
    );
    const often = [...years].filter(([, all]) => {
      const direct = all.filter(({ purchase }) => ['direct', 'limited'].includes(purchase.method)).length;
      return all.length >= 5 && direct / all.length > 0.5;
    });
    const said = now.filter((p) => p.indicator === 'R013').map((p) => p.group);
    expect(said.sort()).toEqual(often.map(([group]) => group).sort());
    // The same again, in another order, changes nothing.
    await load(lines);
    await eventually(async () => expect(await db().collection('due_groups').countDocuments()).toBe(0), 60_000);
    expect(await patterns()).toEqual(now);
  }, 150_000);

  it('are published when they are raised and when a later version clears them, each once', async () => {
    const open = new Set<string>();
    await eventually(async () => {
      open.clear();
      const { kafka, prefix } = platform.environment;
      const group = `${prefix}signals-${Math.random()}`;
      await readLog(kafka, [`${prefix}risk-analysis.events`], group, ({ envelope }) => {
        if (envelope.type === 'risk-analysis.flag.raised.v1') {
          expect(open.has(envelope.subject)).toBe(false);
          open.add(envelope.subject);
        } else if (envelope.type === 'risk-analysis.flag.cleared.v1') expect(open.delete(envelope.subject)).toBe(true);
      });
      const standing = (await flags()).filter((f) => f.outcome === 'triggered').map((f) => f._id);
      expect([...open].sort()).toEqual(standing.sort());
    });
  }, 60_000);

  it('are those of a file that the command line hands in, and of a stream in gzip', async () => {
    const one = (ocid: string) =>
      JSON.stringify({ ocid, date: '2026-01-01T00:00:00Z', tender: { numberOfTenderers: 1 } });
    const file = join(platform.dir, 'more.jsonl');
    writeFileSync(file, ['\ufeff' + one('cli-1'), 'not json', one('cli-2'), '[]', one('cli-3')].join('\r\n'));
    const run = (...args: string[]) =>
      new Promise<{ out: string; err: string }>((resolve) => {
        const cli = join(ROOT, 'services/risk-analysis/dist/cli/cli.js');
        const url = platform.url('risk-analysis', '');
        const all = [cli, 'import', file, '--url', url, '--origin', 'generated', '--token', token, ...args];
        execFile(process.execPath, all, (_, out, err) => resolve({ out, err }));
      });
    const token = await platform.issuer.token('registry', ['registry']);
    expect((await run('--from', '3')).out).toBe('2 recorded, 0 unchanged, 1 refused\n  line 4 not_an_object\n');
    expect((await run()).out.split('\n').slice(0, 3)).toEqual([
      ...['1 recorded, 2 unchanged, 2 refused', '  line 2 not_json', '  line 4 not_an_object'],
    ]);
    expect((await run('--origin', 'rumour')).err).toContain('(invalid_input)');

    const zipped = await fetch(platform.url('risk-analysis', '/v1/procurement/releases?origin=generated&from=2'), {
      ...{ method: 'POST', body: gzipSync([one('gz-1'), one('gz-2'), one('gz-3')].join('\n')) },
      headers: {
        ...{ authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
        'idempotency-key': 'a-stream-with-a-key',
      },
    });
    expect(await zipped.json()).toMatchObject({ recorded: 2, refusedInAll: 0, lastLine: 3 });
  });

  it('equal what the command line computes of the same file in threads, and it lists what differs', async () => {
    const token = await platform.issuer.token('analyst', ['analyst']);
    const run = (file: string) =>
      new Promise<{ code: number; answer: { differences: { subject: string; what: string }[] } }>((resolve) => {
        const cli = join(ROOT, 'services/risk-analysis/dist/cli/cli.js');
        const args = [cli, 'backfill', file, '--url', platform.url('risk-analysis', ''), '--token', token, '--json'];
        execFile(process.execPath, args, { maxBuffer: 2 ** 26 }, (error, out) => {
          resolve({ code: error ? Number(error.code) : 0, answer: JSON.parse(out) as never });
        });
      });
    // What the other tests of this file handed in besides stands in the store only.
    const own = (differences: { subject: string; what: string }[]) =>
      differences.filter(({ what }) => what !== 'is not in the file');
    const file = join(platform.dir, 'all.jsonl');
    const revived = lines.map((line) => JSON.parse(line) as { ocid: string; date: string });
    const now = await db().collection<{ _id: string; projection: { date: string } }>('releases').find().toArray();
    const changed = now.find(({ projection }) => projection.date.startsWith('2031'))!;
    const later = { ...revived.findLast(({ ocid }) => ocid === changed._id)!, date: '2031-01-02T00:00:00Z' };
    writeFileSync(file, [...lines, JSON.stringify(later)].join('\n'));
    const equal = await run(file);
    expect(own(equal.answer.differences)).toEqual([]);
    await db()
      .collection<{ _id: string }>('releases')
      .updateOne({ _id: changed._id }, { $set: { 'outcomes.R018': 'error:spoilt' } });
    const spoilt = await run(file);
    expect(spoilt.code).toBe(1);
    expect(own(spoilt.answer.differences)).toEqual([
      { subject: changed._id, what: expect.stringContaining('R018 is error:spoilt, computed') as never },
    ]);
  }, 120_000);

  it('are taken from packages that are lines of a stream, named by the line', async () => {
    const one = (ocid: string) => ({ ocid, date: '2026-01-01T00:00:00Z' });
    const releases = [one('pack-1'), {}, one('pack-2')];
    const { body } = await load([
      JSON.stringify({ releases }),
      JSON.stringify({ records: [{}] }),
      JSON.stringify(one('pack-3')),
    ]);
    expect(body).toMatchObject({ recorded: 3, refusedInAll: 2, lastLine: 3 });
    expect((body.refused as { line: number }[]).map(({ line }) => line)).toEqual([1, 2]);
  });

  it('are told of what was stored of a stream that broke off', async () => {
    const one = (n: number) => ({
      ...{ ocid: `broken-${n}`, date: '2026-01-01T00:00:00Z', buyer: { id: 'broken-off' } },
      tender: { procurementMethod: 'direct' },
    });
    const text = Array.from({ length: 100 }, (_, n) => `${JSON.stringify(one(n))}\n`).join('');
    const stored = () => db().collection('releases').countDocuments({ 'projection.buyerId': 'broken-off' });
    const body = new ReadableStream({
      async start(stream) {
        stream.enqueue(new TextEncoder().encode(text));
        await eventually(async () => expect(await stored()).toBe(100));
        stream.error(new Error('the line is dead'));
      },
    });
    const token = await platform.issuer.token('registry', ['registry']);
    const sent = fetch(platform.url('risk-analysis', '/v1/procurement/releases?origin=generated'), {
      ...{ method: 'POST', body, duplex: 'half' },
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    });
    await expect(sent).rejects.toThrow();
    await eventually(async () => {
      const patterns = await db().collection<Pattern>('patterns').find({ indicator: 'R013' }).toArray();
      expect(patterns.map(({ group }) => group)).toContain('["buyer","broken-off","2026"]');
    });
  }, 60_000);

  it('do not depend on the order of two versions that have one date', async () => {
    const version = (ocid: string, numberOfTenderers: number) =>
      JSON.stringify({ ocid, date: '2026-01-01T00:00:00Z', tender: { procurementMethod: 'open', numberOfTenderers } });
    for (const [ocid, order] of [
      ['tie-1', [1, 2]],
      ['tie-2', [2, 1]],
    ] as const) {
      const hash = (n: number) => createHash('sha256').update(version(ocid, n)).digest('base64url');
      const greater = hash(1) > hash(2) ? 1 : 2;
      for (const n of [...order, ...order]) await load([version(ocid, n)]);
      const row = await db()
        .collection<{ _id: string; outcomes: Record<string, string> }>('releases')
        .findOne({ _id: ocid });
      expect(row!.outcomes['R018']).toBe(greater === 1 ? 'triggered' : 'not-triggered');
    }
  });

  it.each([
    ['a record package', { records: [{ compiledRelease: { ocid: 'rec-1', date: '2026-01-01T00:00:00Z' } }, {}] }, 1, 1],
    ['one release', { ocid: 'alone-1', date: '2026-01-01T00:00:00Z' }, 1, 0],
  ])('are taken from %s', async (_, body, recorded, refused) => {
    const path = '/v1/procurement/releases?origin=generated';
    const answer = await platform.call('risk-analysis', path, { as: 'registry', body });
    expect([answer.status, answer.body.recorded, answer.body.refusedInAll]).toEqual([200, recorded, refused]);
  });

  it('keep what they said before, and since when they say what they say', async () => {
    platform.setClock('2026-02-02T06:00:00Z');
    const release = (date: string, numberOfTenderers: number) =>
      JSON.stringify({ ocid: 'ocds-later', date, tender: { procurementMethod: 'open', numberOfTenderers } });
    await load([release('2026-01-01T00:00:00Z', 1)]);
    platform.setClock('2026-02-09T06:00:00Z');
    await load([release('2026-01-02T00:00:00Z', 2)]);
    const flag = (await flags()).find((f) => f._id === 'ocds-later:R018');
    expect(flag).toMatchObject({
      ...{ outcome: 'not-triggered', since: '2026-02-09' },
      earlier: [{ outcome: 'triggered', from: '2026-02-02', to: '2026-02-09' }],
    });
  });
});
