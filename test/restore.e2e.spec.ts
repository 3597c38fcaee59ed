import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allTopics, withBinCheckDigit } from '@aiqyn/contracts';
import { ROOT, SERVICES } from '@aiqyn/local';
import { readLog, UNSENT, verifyAudit } from '@aiqyn/platform';
import { type Receipt, verifyReceipt } from '@aiqyn/reporting/verify-receipt';
import { eventually } from './harness/eventually.js';
import { openInvestigation } from './harness/investigation.js';
import { publishReport } from './harness/national-report.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const OFFICIAL = withBinCheckDigit('85010130011')!;

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What a backup says of itself, as far as it must be the same for the same data. */
interface Told {
  readonly treeHead: object;
  readonly databases: {
    service: string;
    auditHead: object;
    collections: { name: string; options: object; indexes: object[]; content: object }[];
  }[];
  readonly partitions: {
    topic: string;
    partition: number;
    documents: number;
    later: number;
    content: object;
    file: string;
  }[];
  readonly groups: { group: string; offsets: object[] }[];
}

describe('a backup that was made while requests went on', () => {
  let platform: TestPlatform;
  let backup: string;
  let keyFile: string;
  let nationalReport: string;
  const receipts: Receipt[] = [];
  /** Reports that the citizens were told of before the backup began. */
  const before: string[] = [];

  const at = (name: string): string => join(platform.dir, name);
  const tool = (path: string, args: readonly string[], env: Record<string, string>): Promise<Ran> =>
    promisify(execFile)(process.execPath, [join(ROOT, path), ...args], {
      env: { PATH: process.env['PATH'], ...env },
      maxBuffer: 1 << 26,
    }).then(
      ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        out: error.stdout,
        err: error.stderr,
      }),
    );
  const run = (...args: string[]): Promise<Ran> => {
    const { mongoUri, brokers, prefix } = platform.environment;
    return tool('deploy/backup/dist/backup.js', args, {
      ...{ MONGODB_URI: mongoUri, KAFKA_BROKERS: brokers, TOPIC_PREFIX: prefix },
      DATABASE_PREFIX: prefix.replaceAll('-', '_'),
    });
  };
  const told = (dir: string): Told => JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as Told;

  const report = async (n: number | string): Promise<Answer> => {
    const answer = await platform.call('reporting', '/v1/reports', {
      body: { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: `No. ${n}`, mode: 'anonymous' },
      headers: { 'idempotency-key': `restore-drill-key-${n}` },
    });
    expect(answer.status).toBe(201);
    return answer;
  };
  const gift = (day: string): Promise<Answer> =>
    platform.call('compliance', '/v1/gifts', {
      as: 'compliance-officer',
      body: {
        ...{ officialIin: OFFICIAL, organisationBin: '050540000016', sector: 'state', recipient: 'official' },
        ...{ receipt: 'knowing', receivedDay: day, knownDay: day, kind: 'thing', estimatedValue: 0 },
        giver: { kind: 'organisation', bin: '000000000010' },
      },
    });
  const releases = async (from: number, count: number): Promise<void> => {
    const list = Array.from({ length: count }, (_, i) => ({
      ...{ ocid: `ocds-restore-${from + i}`, date: '2025-08-01T02:20:02+05:00' },
      tender: { status: 'complete', procurementMethod: 'open', numberOfTenderers: 1 + (i % 3) },
    }));
    const answer = await platform.call('risk-analysis', '/v1/procurement/releases?origin=generated', {
      as: 'registry',
      body: { releases: list },
    });
    expect(answer.body).toMatchObject({ recorded: count });
  };
  /** The ids of all events in the log, as often as they stand in it. */
  const published = async (): Promise<string[]> => {
    const { kafka, prefix } = platform.environment;
    const ids: string[] = [];
    const topics = allTopics().map((topic) => prefix + topic);
    await readLog(kafka, topics, `${prefix}look-${randomUUID()}`, ({ envelope }) => {
      ids.push(`${envelope.source} ${envelope.id}`);
    });
    return ids;
  };
  const destroy = async (): Promise<void> => {
    const { kafka, prefix, database } = platform.environment;
    for (const service of SERVICES) await database(service).dropDatabase();
    const admin = kafka.admin();
    await admin.connect();
    const topics = allTopics().map((topic) => prefix + topic);
    await admin.deleteTopics({ topics });
    await eventually(async () => expect((await admin.listTopics()).filter((t) => topics.includes(t))).toEqual([]));
    await admin.disconnect();
  };
  const head = async (): Promise<unknown> =>
    (await platform.call('reporting', '/v1/transparency/tree-head')).body as unknown;
  /** Waits until every service has taken in what the others published, and sent what it has. */
  const settled = (): Promise<void> =>
    eventually(async () => {
      for (const service of SERVICES) {
        const db = platform.environment.database(service);
        expect({ service, waiting: await db.collection('journal').countDocuments(UNSENT) }).toEqual({
          service,
          waiting: 0,
        });
      }
      expect(await verifyFacts()).toMatchObject({ code: 0, err: '' });
    }, 180_000);
  const verifyFacts = (): Promise<Ran> =>
    tool(
      'services/report-compilation/dist/facts/rebuild.js',
      ['--verify', '--json'],
      platform.environment.env('report-compilation', platform.issuer.url),
    );

  beforeAll(async () => {
    platform = await startPlatform(
      'restore',
      undefined,
      { LEASE_SECONDS: '3', SESSION_TIMEOUT_MS: '6000' },
      '2026-01-19T06:00:00Z',
    );
    keyFile = at('backup-key');
    writeFileSync(keyFile, randomBytes(32).toString('base64url'));
    for (let i = 0; i < 6; i += 1) {
      const { body } = await report(i);
      before.push(body.reportId as string);
      receipts.push(body.receipt as Receipt);
    }
    await platform.call('reporting', `/v1/cases/${before[0]}/acknowledgement`, {
      as: 'intake-officer',
      method: 'POST',
    });
    await platform.call('reporting', `/v1/cases/${before[0]}/triage`, { as: 'triage-officer', method: 'POST' });
    expect((await openInvestigation(platform, before[0]!)).status).toBe(200);
    expect((await gift('2026-01-18')).status).toBe(201);
    await releases(0, 40);
    platform.setClock('2026-01-20T06:00:00Z');
    await eventually(async () => expect(await head()).toMatchObject({ treeSize: 6 }));
    await settled();
    nationalReport = await publishReport(platform, 2025);
  }, 600_000);
  afterAll(() => platform?.stop());

  let headBefore: unknown;
  let editionBefore: unknown;

  it('is whole by its own word, encrypted, and refuses a folder that has something', async () => {
    headBefore = await head();
    editionBefore = (await platform.call('report-compilation', `/v1/national-reports/${nationalReport}`)).body;
    let [going, sent] = [true, 0];
    const requests = Array.from({ length: 4 }, async (_, lane) => {
      for (let n = 0; going; n += 1, sent += 1) {
        await report(`${lane}-${n}`);
        if (n % 5 === 0) await releases(1_000_000 * (lane + 1) + n * 10, 5);
        if (n % 7 === 0) expect((await gift('2026-01-19')).status).toBe(201);
      }
    });
    const made = await run('make', at('backups'), '--dated', '--key', keyFile);
    const during = sent;
    going = false;
    await Promise.all(requests);
    expect({ ...made, out: '' }).toEqual({ code: 0, out: '', err: '' });
    backup = made.out.split('\n')[0]!;
    expect(backup).toMatch(/\/backups\/\d{4}-\d\d-\d\dT\d{4}$/);
    expect(during).toBeGreaterThan(0);
    const verified = await run('verify', backup, '--key', keyFile);
    expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('every file is what was written') });
    expect(await run('verify', backup)).toMatchObject({ code: 2, err: expect.stringContaining('key_needed') });
    expect(await run('make', backup)).toMatchObject({ code: 2, err: expect.stringContaining('not_empty') });
    expect(await run('restore', backup, '--key', keyFile)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/reporting is not empty.*has records.*somebody reads in the group/),
    });
  }, 240_000);

  it('says what is missing where no database answers', async () => {
    const env = { MONGODB_URI: 'mongodb://127.0.0.1:1', KAFKA_BROKERS: platform.environment.brokers };
    const ran = await tool('deploy/backup/dist/backup.js', ['make', at('none'), '--key', keyFile], env);
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('(no_database)')]);
    expect(ran.err).not.toContain('    at ');
  }, 30_000);

  it('names a file of which one byte was changed, and is not restored then', async () => {
    const { file } = told(backup).partitions.find((one) => one.documents > 0)!;
    const [path, whole] = [join(backup, file), readFileSync(join(backup, file))];
    const changed = Buffer.from(whole);
    changed[changed.length >> 1]! ^= 1;
    writeFileSync(path, changed);
    expect(await run('verify', backup, '--key', keyFile)).toEqual({
      code: 1,
      out: `${file}: is not what was written (sha256)\n`,
      err: '',
    });
    expect(await run('restore', backup, '--key', keyFile)).toMatchObject({
      code: 2,
      err: expect.stringContaining(file),
    });
    writeFileSync(path, whole);
    const manifest = readFileSync(join(backup, 'manifest.json'), 'utf8');
    writeFileSync(join(backup, 'manifest.json'), manifest.replace('"treeSize": 6', '"treeSize": 5'));
    expect(await run('verify', backup, '--key', keyFile)).toMatchObject({
      code: 2,
      err: expect.stringContaining('manifest_changed'),
    });
    writeFileSync(join(backup, 'manifest.json'), manifest);
  }, 240_000);

  it('comes back whole after everything was destroyed: databases, indexes, log and places of groups, byte for byte', async () => {
    await platform.whileStopped(async () => {
      await destroy();
      const restored = await run('restore', backup, '--key', keyFile);
      expect({ ...restored, out: '' }).toEqual({ code: 0, out: '', err: '' });
      expect(restored.out).toContain('offsets are those of before');
      // Nothing runs: a backup of what was restored must be the backup again.
      expect(await run('make', at('again'))).toMatchObject({ code: 0 });
      const [was, is] = [told(backup), told(at('again'))];
      const data = ({ databases }: Told): object =>
        databases.map(({ service, auditHead, collections }) => ({
          ...{ service, auditHead },
          collections: collections.map(({ name, options, indexes, content }) => ({ name, options, indexes, content })),
        }));
      expect(data(is)).toEqual(data(was));
      expect(is.treeHead).toEqual(was.treeHead);
      expect(is.groups).toEqual(was.groups);
      const kept = ({ topic, partition, documents }: Told['partitions'][number]): object => ({
        topic,
        partition,
        documents,
      });
      expect(is.partitions.map(kept)).toEqual(was.partitions.map(kept));
      // Where nothing was left out, offsets are part of it.
      const whole = was.partitions
        .filter(({ later }) => later === 0)
        .map(({ file, content }) => [file.replace('.sealed', ''), content]);
      expect(whole.length).toBeGreaterThan(0);
      expect(is.partitions.map(({ file, content }) => [file, content])).toEqual(expect.arrayContaining(whole));
      for (const service of SERVICES)
        expect(await verifyAudit(platform.environment.database(service))).toMatchObject({ intact: true });
    });
    await settled();
  }, 600_000);

  it('loses nothing that was said before it, and publishes nothing twice', async () => {
    const { database } = platform.environment;
    const reports = database('reporting').collection<{ _id: string }>('cases');
    expect(await reports.countDocuments({ _id: { $in: before } })).toBe(before.length);
    const ids = await published();
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    for (const service of SERVICES) {
      const db = database(service);
      expect({ service, parked: await db.collection('parked_events').countDocuments() }).toEqual({
        service,
        parked: 0,
      });
      // Counted by each aggregate in the transaction that wrote them: what was in the outbox is in the log now.
      const rows = await db
        .collection('inbox')
        .aggregate<{ n: number }>([
          { $unwind: '$ids' },
          { $group: { _id: '$ids', n: { $sum: 1 } } },
          { $match: { n: { $gt: 1 } } },
        ])
        .toArray();
      expect({ service, twice: rows }).toEqual({ service, twice: [] });
    }
    const received = new Set(ids.filter((id) => id.startsWith('/aiqyn/reporting ')).map((id) => id.slice(17, -9)));
    for (const { _id } of await reports.find({}, { projection: { _id: 1 } }).toArray())
      expect(received.has(_id)).toBe(true);
  }, 240_000);

  it('has the read models that the restored log gives', async () => {
    expect(await verifyFacts()).toMatchObject({ code: 0, out: expect.stringContaining('"equal":true') });
    const env = platform.environment.env('compliance', platform.issuer.url);
    const gifts = await tool('services/compliance/dist/gifts/publish-gifts/rebuild.js', ['--verify', '--json'], env);
    expect(gifts).toMatchObject({ code: 0, out: expect.stringContaining('"equal":true') });
  }, 240_000);

  it('shows the same tree head and edition, and a receipt from before still verifies', async () => {
    expect(await head()).toEqual(headBefore);
    const { key } = headBefore as { key: string };
    for (const receipt of receipts) {
      const { body } = await platform.call('reporting', `/v1/transparency/inclusion?leaf=${receipt.leaf}`);
      expect(await verifyReceipt(receipt, body, key)).toEqual({ verdict: 'valid' });
    }
    const { body } = await platform.call('report-compilation', `/v1/national-reports/${nationalReport}`);
    expect(body).toEqual(editionBefore);
  });

  it('takes new commands, whose events reach the others', async () => {
    const { body } = await report('after-the-restore');
    const step = await platform.call('reporting', `/v1/cases/${body.reportId}/acknowledgement`, {
      as: 'intake-officer',
      method: 'POST',
    });
    expect(step.status).toBe(200);
    const facts = platform.environment.database('report-compilation').collection('facts');
    await eventually(async () => expect(await facts.countDocuments({ key: body.reportId })).toBeGreaterThan(0));
    await settled();
    const ids = await published();
    expect(new Set(ids).size).toBe(ids.length);
  }, 240_000);
});
