import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '@aiqyn/local';
import { eventually } from './harness/eventually.js';
import { draftReport, takeStep, takeSteps } from './harness/national-report.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const SERVICE = 'report-compilation';
const CANARY = 'CANARY of a citizen';
const LETTER = 'Просим опубликовать список рекомендаций вместе с именами органов, которые их не выполнили';
const REASON = {
  kk: 'Органдардың тізімі келесі басылымда болады, {{metric:log.root}} ескерілді.',
  ru: 'Список органов будет в следующем издании, учтено {{metric:log.root}}. 💥',
};

describe('the consultation on the draft of an edition', () => {
  let platform: TestPlatform;
  let report: string;
  let other: string;
  let consultation: string;
  const call = (as: string | undefined, path: string, body?: object): Promise<Answer> =>
    platform.call(SERVICE, `/v1/${path}`, { as, ...(body ? { body } : {}) });
  const done = async (as: string | undefined, path: string, body?: object): Promise<Answer['body']> => {
    const answer = await call(as, path, body);
    expect([answer.status < 300 ? 'done' : answer.status, answer.body]).toEqual(['done', expect.anything()]);
    return answer.body;
  };
  const day = (one: string): void => platform.setClock(`${one}T07:00:00Z`);
  const units = ['p1', 'p2'].map((unitId, i) => ({
    ...{ unitId, number: String(i + 1), kind: 'paragraph' },
    text: { kk: 'Баяндаманың жобасы', ru: 'Проект доклада', en: 'Draft of the report' },
  }));
  const titles = { kk: 'Баяндаманың жобасы', ru: 'Проект доклада', en: 'Draft of the report' };
  const consulted = async (nationalReportId: string): Promise<string> => {
    const draft = { kind: 'national-report', titles, units, nationalReportId };
    const { documentId } = await done('editor', 'policy-documents', draft);
    await done('approver', `policy-documents/${documentId}/publication`, { documentVersion: 1 });
    const opened = { documentId, documentVersion: 1, firstDay: '2026-02-02', lastDay: '2026-02-15' };
    return String((await done('editor', 'consultations', opened)).consultationId);
  };
  const hear = async (body: object): Promise<unknown[]> => {
    const answer = await call('editor', `national-reports/${report}/hearing`, body);
    const { code, allowed = [] } = answer.body as { code?: string; allowed?: unknown[] };
    return [answer.status, code, allowed];
  };
  const file = async (path: string): Promise<string> => {
    const { body } = await platform.call(SERVICE, `/v1/national-reports/${report}/package/${path}`);
    return typeof body === 'string' ? body : JSON.stringify(body);
  };

  beforeAll(async () => {
    platform = await startPlatform('report-responses', [SERVICE], { LEASE_SECONDS: '3', SESSION_TIMEOUT_MS: '6000' });
    day('2026-02-02');
    report = await draftReport(platform, 2025);
    other = await draftReport(platform, 2024);
    await takeSteps(platform, report, 'collection', 'compilation');
  }, 120_000);
  afterAll(() => platform?.stop());

  it('is one on a draft that names the edition; nothing else names one, and no edition that there is not', async () => {
    const refused = async (body: object): Promise<unknown[]> => {
      const answer = await call('editor', 'policy-documents', { titles, units, ...body });
      return [answer.status, answer.body.code as unknown];
    };
    expect(await refused({ kind: 'concept', nationalReportId: report })).toEqual([422, 'not_a_report']);
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(await refused({ kind: 'national-report', nationalReportId: nobody })).toEqual([422, 'no_such_report']);
  });

  it('is heard only when it was held on this very report, is closed, and its responses are compiled', async () => {
    const elsewhere = await consulted(other);
    expect(await hear({ consultationId: elsewhere })).toEqual([422, 'not_of_this_report', []]);
    consultation = await consulted(report);
    expect(await hear({ consultationId: elsewhere })).toEqual([422, 'not_of_this_report', [consultation]]);
    expect(await hear({ ground: 'there was no consultation at all' })).toEqual([
      ...[409, 'consultation_held', [consultation]],
    ]);
    await eventually(async () => expect((await done(undefined, `consultations/${consultation}`)).state).toBe('open'));
    const comment = async (more: object): Promise<string> => {
      const body = { unitId: 'p1', kind: 'person', region: 'KZ-75', language: 'ru', ...more };
      return String((await done(undefined, `consultations/${consultation}/comments`, body)).receiptNumber);
    };
    const letters = await Promise.all(
      ['', ', спасибо', ', с уважением', ', пожалуйста', ', ждём', ', просим'].map((end) =>
        comment({ text: `${LETTER}${end}` }),
      ),
    );
    const alone = await comment({ text: CANARY, unitId: 'p2', kind: 'ngo', region: 'KZ-79' });
    expect(await hear({ consultationId: consultation })).toEqual([409, 'consultation_open', []]);
    day('2026-02-16');
    await eventually(async () =>
      expect(await done('editor', `consultations/${consultation}/clusters`)).toHaveProperty('clusteredDay'),
    );
    const rows = platform.environment.database(SERVICE).collection('consultation_comments');
    for (const receiptNumber of [...letters, alone]) {
      const { _id } = (await rows.findOne({ receiptNumber }))!;
      const ground = { kind: 'legal', citation: 'ст. 17' };
      const reason =
        receiptNumber === alone
          ? { ru: 'Предложение выходит за пределы доклада о противодействии коррупции за год.' }
          : REASON;
      const answer = receiptNumber === alone ? { decision: 'rejected', reason, ground } : { decision: 'noted', reason };
      await done('editor', `comments/${String(_id)}/answer`, answer);
    }
    expect(await hear({ consultationId: consultation })).toEqual([409, 'consultation_open', []]);
    await done('approver', `consultations/${consultation}/closure`, {});
    expect(await hear({ consultationId: consultation })).toEqual([409, 'responses_not_compiled', []]);
    await takeStep(platform, report, 'compilation');
    expect((await hear({ consultationId: consultation }))[0]).toBe(200);
    await takeSteps(platform, report, 'approval', 'publication');
  }, 120_000);

  it('is a chapter of the edition in each language, with its numbers, and without the words of those who spoke', async () => {
    const { numbers, sections } = JSON.parse(await file('model.json')) as {
      numbers: Record<string, { value: number | null; status: string }>;
      sections: { id: string }[];
    };
    expect(sections.slice(-2).map(({ id }) => id)).toEqual(['responses', 'conclusion']);
    const value = (id: string): unknown => numbers[`responses.${id}`]?.value;
    expect(['comments', 'copies', 'letters', 'outcome.noted', 'outcome.rejected'].map(value)).toEqual([7, 6, 1, 6, 1]);
    // One non-governmental organisation is withheld, and another cell with it, as in the summary.
    const { who } = await done(undefined, `consultations/${consultation}/summary`);
    for (const [metric, { total, cells }] of [
      ['kind', who.byKind],
      ['region', who.byRegion],
    ] as [string, { total: number | null; cells: Record<string, number | null> }][]) {
      expect(value(`${metric}.all`)).toBe(total);
      for (const [name, told] of Object.entries(cells)) expect(value(`${metric}.${name}`)).toBe(told);
    }
    expect(numbers['responses.kind.ngo']).toMatchObject({ value: null, status: 'S' });
    for (const [lang, title, said] of [
      ['kk', 'Ескертулерге берілген жауаптардың жиынтығы', 'Органдардың тізімі келесі басылымда болады'],
      ['ru', 'Сводка ответов на замечания', 'Список органов будет в следующем издании'],
      ['en', 'Summary of responses', 'Draft “Draft of the report”'],
    ] as const) {
      const page = await file(`report.${lang}.html`);
      const chapter = /<section id="responses".*?<\/section>/s.exec(page)![0];
      expect(chapter).toContain(title);
      expect(chapter.toLowerCase()).toContain(said.toLowerCase());
      expect(chapter).not.toMatch(/\{\{metric:log\.root\}\}|💥/);
    }
    const text = JSON.stringify([await file('model.json'), await file('evidence/responses.json')]);
    expect(text).not.toContain(CANARY);
  }, 60_000);

  it('has numbers that are counted again from the list in the package, and each a page', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'aiqyn-responses-'));
    const cli = join(ROOT, 'services/report-compilation/dist/cli/cli.js');
    const run = async (...args: string[]): Promise<string> => {
      try {
        return (await promisify(execFile)(process.execPath, [cli, ...args])).stdout;
      } catch (error) {
        return (error as { stdout: string }).stdout;
      }
    };
    try {
      await run('fetch', platform.url(SERVICE, '').replace(/\/$/, ''), report, '--out', dir);
      expect((JSON.parse(await run('verify', dir, '--json')) as { faults: object[] }).faults).toEqual([]);
      // Somebody makes a refusal an acceptance, and the hash with it.
      const list = join(dir, 'evidence/responses.json');
      const hash = (): string => createHash('sha256').update(readFileSync(list)).digest('hex');
      const before = hash();
      writeFileSync(list, readFileSync(list, 'utf8').replace('"rejected"', '"accepted"'));
      const manifest = join(dir, 'manifest.json');
      writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(before, hash()));
      const forged = await run('verify', dir);
      expect(forged).toContain('responses.outcome.accepted: follows from evidence/responses.json');
      expect(forged).toContain('responses.comments: the root over evidence/responses.json is another one');
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
    const told = await done(undefined, `national-reports/${report}/numbers/responses.outcome.noted`);
    expect(told).toMatchObject({ value: 6, inputs: 7, open: false, definition: { formula: { kind: 'consultation' } } });
    const page = await platform.call(SERVICE, `/ru/editions/${report}/numbers/responses.outcome.noted`);
    expect([page.status, String(page.body).includes('замечания в консультации')]).toEqual([200, true]);
    expect((await call(undefined, `national-reports/${report}/numbers/responses.outcome.accepted`)).status).toBe(404);
  }, 60_000);
});
