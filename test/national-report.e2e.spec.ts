import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonical, leafHash, rootFromProof } from '@aiqyn/contracts';
import { ROOT } from '@aiqyn/local';
import { eventually } from './harness/eventually.js';
import {
  draftReport,
  publishReport,
  STEPS,
  type StepName,
  takeStep,
  takeSteps,
  worked,
} from './harness/national-report.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';
import { startSeal, type TestSeal } from './harness/seal.js';
import { validatePdf } from './harness/verapdf.js';
import { publishEvents, yearOfEvents } from './harness/year-of-events.js';

const YEAR = 2025;
const SERVICE = 'report-compilation';

interface Shown {
  readonly id: string;
  readonly unit: string;
  readonly value: number | string | null;
  readonly status: string;
  readonly inputs: number;
  readonly inputRoot: string;
  readonly metric: string;
  readonly metricVersion: number;
}

interface Verdict {
  readonly faults: readonly object[];
  readonly numbers: Readonly<Record<'all' | 'recomputed' | 'proven' | 'withheld', number>>;
}

describe('an edition of the National Report', () => {
  let platform: TestPlatform;
  let seal: TestSeal;
  let first: string;
  const get = (path: string, as?: string): Promise<Answer> => platform.call(SERVICE, path, { as });
  const report = (id: string, rest = ''): string => `/v1/national-reports/${id}${rest}`;
  const numbersOf = async (id: string): Promise<Record<string, Shown>> =>
    ((await get(report(id))).body as { model: { numbers: Record<string, Shown> } }).model.numbers;
  const arrived = async (events: number): Promise<void> => {
    await eventually(async () => {
      const { counts } = (await get('/v1/facts/counts', 'editor')).body as { counts: Record<string, number> };
      expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(events);
    }, 60_000);
  };
  let events = 0;

  beforeAll(async () => {
    seal = await startSeal();
    const settings = { LEASE_SECONDS: '3', SESSION_TIMEOUT_MS: '6000', ...seal.settings };
    platform = await startPlatform('national-report', [SERVICE], settings);
    platform.setClock('2026-01-20T06:00:00Z');
    events = await publishEvents(platform.environment.kafka, platform.environment.prefix, yearOfEvents(2_500, YEAR));
    await arrived(events);
  }, 180_000);
  afterAll(async () => {
    await platform?.stop();
    await seal?.stop();
  });

  it('R10: takes each step in order, each an event; no step is left out or taken twice, whenever the service is killed', async () => {
    first = await draftReport(platform, YEAR);
    const asked = await platform.call(SERVICE, report(first, '/materials'), {
      as: 'editor',
      body: { body: '050540000016', section: 'gifts', dueDay: '2026-02-01' },
    });
    expect(asked.status).toBe(201);
    const open = await takeStep(platform, first, 'collection');
    expect([open.status, open.body.code, open.body.open]).toEqual([
      ...[409, 'material_open'],
      { count: 1, first: [asked.body.materialId] },
    ]);
    const token = await platform.issuer.token('contributor', ['contributor'], { department: '050540000016' });
    const delivered = await platform.call(SERVICE, report(first, `/materials/${asked.body.materialId}/delivery`), {
      headers: { authorization: `Bearer ${token}` },
      body: { sha256: 'ab'.repeat(32) },
    });
    expect(delivered.status).toBe(200);
    for (const [as, name, body] of STEPS) {
      // Out of order first: every later step is refused and changes nothing.
      const later = STEPS.slice(STEPS.findIndex((step) => step[1] === name) + 1).filter(
        (step) => step[1] !== 'compilation',
      );
      for (const [other, step, given] of later.slice(0, 2)) {
        const refused = await platform.call(SERVICE, report(first, `/${step}`), {
          as: other,
          method: 'POST',
          ...(given ? { body: given } : {}),
        });
        expect({ at: name, step, status: refused.status }).toEqual({ at: name, step, status: 409 });
      }
      const key = { 'idempotency-key': `step-of-the-report-${name}` };
      const call = () =>
        platform.call(SERVICE, report(first, `/${name}`), {
          as,
          method: 'POST',
          headers: key,
          ...(body ? { body } : {}),
        });
      const taken = await call();
      await platform.crash(SERVICE);
      expect((await call()).body).toEqual(taken.body);
      expect({ name, job: (await worked(platform, first)).job }).toEqual({ name, job: undefined });
    }
    const { body } = await get(report(first));
    expect((body.history as { step: string }[]).map(({ step }) => step)).toEqual([
      ...['draft', 'collected', 'assessed', 'compiled', 'consulted', 'approved', 'submitted', 'published'],
    ]);
    const told: string[] = [];
    const consumer = platform.environment.kafka.consumer({ groupId: `${platform.environment.prefix}steps` });
    await consumer.connect();
    await consumer.subscribe({ topic: `${platform.environment.prefix}report-compilation.events`, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        if (message.key?.toString() === first) told.push(String(message.headers?.['ce_type']));
        return Promise.resolve();
      },
    });
    await eventually(() => expect(told).toContain('report-compilation.national-report.published.v1'));
    await consumer.disconnect();
    const kinds = [
      'drafted',
      'material-requested',
      'collected',
      'assessed',
      'compiled',
      'consulted',
      'approved',
      'submitted',
      'published',
    ];
    expect([...new Set(told)]).toEqual(kinds.map((kind) => `report-compilation.national-report.${kind}.v1`));
  }, 180_000);

  it('R2: has more than 500 numbers, each with metric, version, snapshot, count and root', async () => {
    const numbers = Object.values(await numbersOf(first));
    expect(numbers.length).toBeGreaterThan(500);
    const some = numbers.filter((_, i) => i % 17 === 0);
    for (const number of some) {
      const { status, body } = await get(report(first, `/numbers/${number.id}`));
      expect({ id: number.id, status }).toEqual({ id: number.id, status: 200 });
      expect(body).toMatchObject({ ...number, register: 'metrics-2025-1', snapshot: { events: expect.any(Number) } });
      expect(body.definition).toMatchObject({ id: number.metric, version: number.metricVersion });
    }
  });

  it('R2: proves twenty events of its numbers against the root of the number and of the sealed log', async () => {
    const numbers = Object.values(await numbersOf(first)).filter(
      (one) => one.metric === 'releases.area' || one.metric === 'goals.status',
    );
    let proven = 0;
    for (const { id, inputRoot } of numbers) {
      const { body: list } = await get(report(first, `/numbers/${id}/events?limit=3`));
      for (const { id: event } of (list.items as { id: string }[]).slice(0, 2)) {
        const { body } = await get(report(first, `/numbers/${id}/proof?event=${encodeURIComponent(event)}`));
        // The leaf from the event itself: nothing is taken from the answer but salt and event.
        const leaf = leafHash(Buffer.from(`${body.salt}${canonical(body.event)}`));
        const { index, size, proof } = body.number;
        expect(rootFromProof(leaf, index, size, proof)).toBe(inputRoot);
        const { partition, root, partitions, partitionIndex, partitionProof } = body.snapshot;
        expect(rootFromProof(leaf, body.snapshot.index, partition.count, body.snapshot.proof)).toBe(partition.root);
        const sealed = leafHash(Buffer.from(canonical(partition)));
        expect(rootFromProof(sealed, partitionIndex, partitions, partitionProof)).toBe(root);
        const changed = leafHash(Buffer.from(`${body.salt}${canonical({ ...body.event, day: '2025-01-02' })}`));
        expect(rootFromProof(changed, index, size, proof)).not.toBe(inputRoot);
        proven += 1;
      }
    }
    expect(proven).toBeGreaterThanOrEqual(20);
  });

  it('names to nobody but auditors which events stand behind numbers that tell of persons', async () => {
    const path = report(first, '/numbers/reports.category.bribery');
    expect((await get(path)).body.open).toBe(false);
    expect((await get(`${path}/events`)).status).toBe(404);
    expect((await get(`${path}/proof?event=reporting/report-0%2300000001`)).status).toBe(404);
    expect((await get(`${path}/audit?limit=5`, 'auditor')).body.items).toHaveLength(5);
    expect((await get(`${path}/audit?limit=5`, 'editor')).status).toBe(403);
  });

  it('is a package whose files are those of its manifest', async () => {
    const { body } = await get(report(first, '/package'));
    const files = body.files as { path: string; sha256: string; bytes: number }[];
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'model.json',
        'data/numbers.csv',
        'data/tables.ods',
        'datapackage.json',
        'dcat.jsonld',
        'provenance.jsonld',
        'manifest.json',
        'manifest.jws',
        'evidence/leaves.bin',
      ]),
    );
    for (const { path, sha256, bytes } of files) {
      const response = await fetch(platform.url(SERVICE, report(first, `/package/${path}`)));
      const content = Buffer.from(await response.arrayBuffer());
      expect({ path, bytes: content.byteLength, sha256: createHash('sha256').update(content).digest('hex') }).toEqual({
        path,
        bytes,
        sha256,
      });
    }
    expect((await get(report(first, '/package/evidence/secret'))).status).toBe(404);
    expect((await get(report(first, '/package/%2e%2e%2fsecret'))).status).toBe(400);
    const manifest = (await get(report(first, '/package/manifest.json'))).body;
    // Beside it: its signature, its time stamp, and the sealed PDF of each language.
    expect(manifest.files.length).toBe(files.length - 6);
    const bytesOf = async (path: string): Promise<Buffer> =>
      Buffer.from(await (await fetch(platform.url(SERVICE, report(first, `/package/${path}`)))).arrayBuffer());
    const verified = seal.verify(await bytesOf('manifest.tsr'), await bytesOf('manifest.json'));
    expect(verified).toContain('Verification: OK');
    const [plain, sealed] = [await bytesOf('report.kk.pdf'), await bytesOf('signed/report.kk.pdf')];
    expect(sealed.subarray(0, plain.length).equals(plain)).toBe(true);
    expect(sealed.length).toBeGreaterThan(plain.length);
    // The secret that the salts come from is nowhere.
    const stored = await platform.environment.database(SERVICE).collection('national_reports').findOne({});
    const { secret } = (stored as unknown as { snapshot: { secret: string } }).snapshot;
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    for (const path of [
      '',
      '/progress',
      '/draft',
      '/package',
      '/package/model.json',
      '/package/evidence/snapshot.json',
    ])
      expect(JSON.stringify((await get(report(first, path), 'auditor')).body)).not.toContain(secret);
  });

  it('is verified from its package alone, by veraPDF, from the whole log, and names what was changed in it', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'aiqyn-package-'));
    const edition = join(dir, 'edition');
    const log = join(dir, 'log.ndjson');
    const report = async (...args: string[]): Promise<{ code: number; text: string }> => {
      const cli = join(ROOT, 'services/report-compilation/dist/cli/cli.js');
      const env = {
        PATH: process.env['PATH'],
        ...platform.environment.env(SERVICE, platform.issuer.url),
      };
      try {
        const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args], { env });
        return { code: 0, text: stdout };
      } catch (error) {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
        return { code, text: stdout + stderr };
      }
    };
    try {
      await report('fetch', platform.url(SERVICE, '').replace(/\/$/, ''), first, '--out', edition);
      const alone = JSON.parse((await report('verify', edition, '--json')).text) as Verdict;
      expect(alone).toMatchObject({ faults: [], numbers: { recomputed: expect.any(Number) } });
      expect(alone.numbers.recomputed).toBeGreaterThan(500);
      expect(alone.numbers.recomputed + alone.numbers.proven + alone.numbers.withheld).toBe(alone.numbers.all);
      // R5 of the edition itself, as it is published, before and after it was sealed.
      const pdfs = ['kk', 'ru', 'en'].flatMap((lang) => [`report.${lang}.pdf`, `signed/report.${lang}.pdf`]);
      const files = pdfs.map((path) => join(edition, path));
      for (const profile of ['ua1', '3a'] as const)
        expect((await validatePdf(profile, files)).map(({ compliant, failed }) => [compliant, failed])).toEqual(
          files.map(() => [true, 0]),
        );
      expect((await report('export-log', '--report', first, '--out', log)).code).toBe(0);
      const whole = JSON.parse((await report('verify', edition, '--log', log, '--json')).text) as Verdict;
      expect(whole).toMatchObject({ faults: [], numbers: { proven: 0 } });
      // One byte of the log: the event is named, and every number that it stands behind.
      const lines = readFileSync(log, 'utf8').trim().split('\n');
      const at = lines.findIndex((line) => line.includes('reporting.report.received.v1'));
      const changed = [...lines];
      changed[at] = lines[at]!.replace(/"category":"[a-z-]+"/, '"category":"other"');
      writeFileSync(log, `${changed.join('\n')}\n`);
      const forged = await report('verify', edition, '--log', log);
      expect(forged.code).toBe(1);
      expect(forged.text).toContain(
        `${(JSON.parse(lines[at]!) as { id: string }).id}: is not the event that was sealed`,
      );
      expect(forged.text).toContain('reports.total: the root over its events is another one');
      expect(forged.text).toContain('reports.category.other: follows from the events and is not in the report');
      const { keys } = (await get('/v1/signing-keys')).body as { keys: { x: string }[] };
      // One byte of any file of the package.
      for (const path of [
        ...['model.json', 'data/numbers.csv', 'data/tables.ods', 'dcat.jsonld', 'metrics.json', 'provenance.jsonld'],
        ...['evidence/leaves.bin', 'evidence/open-events.ndjson.gz', 'report.kk.html', 'report.en.pdf', 'charts.js'],
      ]) {
        const file = join(edition, path);
        const bytes = readFileSync(file);
        const flipped = Buffer.from(bytes);
        flipped[Math.floor(bytes.length / 2)]! ^= 1;
        writeFileSync(file, flipped);
        const { code, text } = await report('verify', edition, '--key', keys[0]!.x);
        expect([code, text]).toEqual([1, expect.stringContaining(`${path}: differs from the manifest`)]);
        expect(text).toContain('signature holds');
        writeFileSync(file, bytes);
      }
      // Whoever forges a page and the hashes with it is found by the number, and by the signature when the key is known.
      const manifestFile = join(edition, 'manifest.json');
      const manifest = readFileSync(manifestFile, 'utf8');
      const page = join(edition, 'report.ru.html');
      const html = readFileSync(page, 'utf8');
      const printed = /data-number="releases.total">([^<]+)</.exec(html)!;
      writeFileSync(page, html.replace(printed[0], printed[0].replace(printed[1]!, '7')));
      const hash = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
      writeFileSync(manifestFile, manifest.replace(hash(html), hash(readFileSync(page))));
      expect((await report('verify', edition)).text).toContain('report.ru.html: says “7” of releases.total');
      expect((await report('verify', edition, '--key', keys[0]!.x)).text).toContain(
        'manifest.jws: is no signature of this manifest by this key',
      );
      writeFileSync(page, html);
      writeFileSync(manifestFile, manifest.replace('"path": "model.json"', '"path": "../model.json"'));
      expect((await report('verify', edition)).text).toContain('../model.json: would lie outside the package');
      writeFileSync(manifestFile, manifest.slice(0, 100));
      const broken = await report('verify', edition);
      expect([broken.code, broken.text]).toEqual([2, expect.stringContaining('refused (bad_package)')]);
      expect(broken.text).not.toContain('    at ');
      writeFileSync(manifestFile, manifest);
      expect((await report('verify', edition, '--key', keys[0]!.x)).text).toContain('everything holds\n');
      appendFileSync(join(edition, 'more.txt'), 'x');
      expect((await report('verify', edition)).text).toContain('more.txt: is not in the manifest');
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }, 480_000);

  it('leaves what comes late to a correction, which names what changed and keeps the first edition reachable', async () => {
    expect(
      (await platform.call(SERVICE, '/v1/national-reports', { as: 'editor', body: { year: YEAR } })).body.code,
    ).toBe('correction_needed');
    const late = [...yearOfEvents(60, YEAR, 0)]
      .filter(({ type }) => type === 'risk-analysis.release.recorded.v1')
      .map((one, i) => ({ ...one, key: `late-${i}`, data: { ...one.data, ocid: `late-${i}`, areaCode: 'roads' } }));
    events += await publishEvents(platform.environment.kafka, platform.environment.prefix, late);
    await arrived(events);
    const before = (await numbersOf(first))['releases.area.roads']!.value as number;
    const second = await draftReport(platform, YEAR, { corrects: first, ground: 'releases of roads came late' });
    await takeSteps(platform, second, 'collection', 'publication');
    expect((await numbersOf(first))['releases.area.roads']!.value).toBe(before);
    expect((await numbersOf(second))['releases.area.roads']!.value).toBe(before + late.length);
    expect((await get(report(first))).body.state).toBe('corrected');
    const { body } = await get(report(second, `/differences?from=${first}`));
    const changed = (body.numbers as { id: string }[]).map(({ id }) => id);
    expect(changed).toEqual(expect.arrayContaining(['releases.total', 'releases.area.roads']));
    expect(changed).not.toContain('flags.total');
    const manifests = await Promise.all(
      [first, second].map(
        async (id) => (await get(report(id, '/package/manifest.json'))).body as { previous?: object },
      ),
    );
    const { body: package1 } = await get(report(first, '/package'));
    expect(manifests[1]!.previous).toMatchObject({ edition: 1, manifestSha256: package1.manifestSha256 });
    // A correction of the correction follows the newest one only.
    const wrong = await platform.call(SERVICE, '/v1/national-reports', {
      as: 'editor',
      body: { year: YEAR, corrects: first, ground: 'again' },
    });
    expect(wrong.body.code).toBe('not_the_newest');
    const third = await draftReport(platform, YEAR, { corrects: second, ground: 'a word was wrong' });
    await takeSteps(platform, third, 'collection', 'publication');
    expect(
      ((await get('/v1/national-reports')).body.items as { edition: number }[]).map(({ edition }) => edition),
    ).toEqual([3, 2, 1]);
  }, 180_000);

  it('takes no typed number, no text of one language and none after the approval', async () => {
    const id = await draftReport(platform, 2024);
    const write = (text: object): Promise<Answer> =>
      platform.call(SERVICE, report(id, '/texts/conclusion.text'), { as: 'editor', method: 'PUT', body: text });
    const typed = await write({ kk: 'Барлығы', ru: 'Всего 1632', en: 'In all' });
    expect([typed.status, typed.body.code]).toEqual([422, 'typed_number']);
    expect(typed.body.fields[0].problem).toContain('position 6');
    expect((await write({ kk: 'Барлығы {{metric:nothing}}', ru: 'x', en: 'x' })).body.code).toBe('unknown_number');
    expect((await write({ kk: 'Барлығы', ru: 'Всего' })).status).toBe(400);
    const good = {
      kk: 'Барлығы {{metric:goals.total}} <b>',
      ru: 'Всего {{metric:goals.total}} <b>',
      en: 'In all {{metric:goals.total}} <b>',
    };
    expect((await write(good)).status).toBe(200);
    await takeSteps(platform, id, 'collection', 'approval');
    expect((await write(good)).status).toBe(409);
    const { body } = await get(report(id, '/draft'), 'approver');
    expect(JSON.stringify(body.model.sections)).toContain('In all {{metric:goals.total}}');
  }, 60_000);

  it('is heard and approved as it is built: a text that is written later asks for another build', async () => {
    const id = await draftReport(platform, 2017);
    await takeSteps(platform, id, 'collection', 'hearing');
    const words = { kk: 'Соңғы сөз', ru: 'Последнее слово', en: 'The last word' };
    const written = await platform.call(SERVICE, report(id, '/texts/conclusion.text'), {
      ...{ as: 'editor', method: 'PUT', body: words },
    });
    expect(written.status).toBe(200);
    const refused = await takeStep(platform, id, 'approval');
    expect([refused.status, refused.body.code]).toEqual([409, 'not_compiled']);
    await takeSteps(platform, id, 'compilation', 'publication');
    const packed = (await get(report(id, '/package/model.json'))).body;
    expect(JSON.stringify(packed)).toContain('The last word');
    expect((await get(report(id))).body.model).toEqual(packed);
  }, 60_000);

  it('is told as it was signed, whatever was published after it', async () => {
    // An earlier year that is printed later would be the newest before this one.
    await publishReport(platform, 2018);
    const packed = (await get(report(first, '/package/model.json'))).body;
    expect((await get(report(first))).body.model).toEqual(packed);
  }, 60_000);

  it('is built once when two ask at once, and not while it is being built', async () => {
    const id = await draftReport(platform, 2023);
    await takeSteps(platform, id, 'collection', 'assessment');
    const build = () => platform.call(SERVICE, report(id, '/compilation'), { as: 'editor', method: 'POST' });
    const answers = await Promise.all([build(), build(), build()]);
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    for (const { body } of answers.filter(({ status }) => status !== 202))
      expect(['job_running', 'concurrent_change']).toContain(body.code);
    await worked(platform, id);
    const { body } = await get(report(id, '/draft'), 'approver');
    expect((body.history as { step: string }[]).map(({ step }) => step)).toEqual([
      'draft',
      'collected',
      'assessed',
      'compiled',
    ]);
  }, 60_000);

  it('R3: is the same bytes when it is built again, by another process with another locale, time zone and fonts', async () => {
    const id = await draftReport(platform, 2022);
    await takeSteps(platform, id, 'collection', 'hearing');
    const hash = async (): Promise<unknown> => (await worked(platform, id)).build?.manifestSha256;
    const before = await hash();
    const elsewhere = { TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', HOME: tmpdir() };
    await platform.crash(SERVICE, elsewhere);
    await takeStep(platform, id, 'compilation');
    expect(await hash()).toBe(before);
    await platform.crash(SERVICE);
  }, 90_000);

  it('reminds a body before its term and once when it is over, and goes on without it for a stated reason', async () => {
    const id = await draftReport(platform, 2021);
    const asked = await platform.call(SERVICE, report(id, '/materials'), {
      as: 'editor',
      body: { body: '050540000016', section: 'gifts', dueDay: '2026-02-01' },
    });
    const reminders = async (): Promise<string[]> => {
      const { body } = await get(report(id, '/materials'), 'editor');
      expect(body.items).toHaveLength(1);
      const stored = await platform.environment
        .database(SERVICE)
        .collection('national_reports')
        .findOne({ year: 2021 });
      return [String((stored as unknown as { events: number }).events)];
    };
    expect(await reminders()).toEqual(['2']);
    platform.setClock('2026-01-30T06:00:00Z');
    await eventually(async () => expect(await reminders()).toEqual(['3']));
    platform.setClock('2026-02-03T06:00:00Z');
    await eventually(async () => expect(await reminders()).toEqual(['4']));
    await platform.crash(SERVICE);
    expect(await reminders()).toEqual(['4']);
    const waived = await platform.call(SERVICE, report(id, `/materials/${asked.body.materialId}/waiver`), {
      as: 'editor',
      body: { ground: 'the body was dissolved in the year' },
    });
    expect(waived.status).toBe(200);
    expect((await takeStep(platform, id, 'collection')).status).toBe(200);
  }, 60_000);

  it.each<[string, StepName, StepName, string]>([
    ['without a receipt of the submission', 'submission', 'submission', 'no_receipt'],
    ['before the submission', 'approval', 'approval', 'illegal_transition'],
  ])(
    'is not published %s',
    async (_, __, upTo, code) => {
      const year = upTo === 'submission' ? 2020 : 2019;
      const id = await draftReport(platform, year);
      await takeSteps(platform, id, 'collection', upTo);
      const { status, body } = await takeStep(platform, id, 'publication');
      expect([status, body.code]).toEqual([409, code]);
    },
    60_000,
  );

  it('of the next year hangs on the manifest of the year before', async () => {
    const next = await publishReport(platform, YEAR + 1);
    const { body } = await get(report(next, '/package/manifest.json'));
    expect(body.previous).toMatchObject({ year: YEAR, edition: 3 });
  }, 60_000);
});
