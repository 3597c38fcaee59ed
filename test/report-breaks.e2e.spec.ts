import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '@aiqyn/local';
import { typesetPdf } from '@aiqyn/report-compilation/publication/typeset-pdf/typeset-pdf';
import { eventually } from './harness/eventually.js';
import { publishReport } from './harness/national-report.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';
import { publishEvents, yearOfEvents } from './harness/year-of-events.js';

const SERVICE = 'report-compilation';

interface Block {
  readonly id: string;
  readonly breaks?: readonly { readonly before: number; readonly day: string }[];
}

describe('a reorganisation of the body that publishes', () => {
  let platform: TestPlatform;
  let id: string;
  const file = async (path: string): Promise<string> => {
    const answer = await platform.call(SERVICE, `/v1/national-reports/${id}/package/${path}`);
    return typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  };

  beforeAll(async () => {
    platform = await startPlatform('report-breaks', [SERVICE], { LEASE_SECONDS: '3', SESSION_TIMEOUT_MS: '6000' });
    platform.setClock('2026-01-20T06:00:00Z');
    const { kafka, prefix } = platform.environment;
    // Three recommendations of 2022, none of 2023, two of 2024, four of 2025, when the body was reorganised.
    const made = [...yearOfEvents(0, 2025, 9)].filter(({ type }) => type === 'risk-analysis.recommendation.issued.v1');
    const days = ['2022-02-01', '2022-05-01', '2022-12-31', '2024-01-01', '2024-12-31'];
    days.push('2025-01-01', '2025-07-13', '2025-07-14', '2025-12-31');
    const events = made.map((one, i) => ({ ...one, data: { ...one.data, day: days[i]! } }));
    await publishEvents(kafka, prefix, events);
    await eventually(async () => {
      const { counts } = (await platform.call(SERVICE, '/v1/facts/counts', { as: 'editor' })).body as {
        counts: Record<string, number>;
      };
      expect(counts['risk-analysis.recommendation.issued.v1']).toBe(days.length);
    }, 60_000);
    id = await publishReport(platform, 2025);
  }, 180_000);
  afterAll(() => platform?.stop());

  it('stands in table and chart of the figures that it crosses, and in no series of others', async () => {
    const model = JSON.parse(await file('model.json')) as {
      sections: { blocks: Block[] }[];
      numbers: Record<string, { value: number }>;
    };
    const blocks = model.sections.flatMap((section) => section.blocks);
    const broken = blocks.filter(({ breaks }) => breaks);
    expect(broken.map(({ id: block }) => block)).toEqual(['years.table', 'years.recommendations-chart']);
    for (const { breaks } of broken) expect(breaks).toMatchObject([{ before: 3, day: '2025-07-14' }]);
    expect(
      ['2022', '2023', '2024', '2025'].map((year) => model.numbers[`years.recommendations.${year}`]!.value),
    ).toEqual([3, 0, 2, 4]);
  });

  it('is a rule in the chart, a mark in the table with its note in each language, and a day in the CSV', async () => {
    for (const [lang, note] of [
      ['kk', '2025 ж. 14 шілде бастап орган'],
      ['ru', 'С 14 июля 2025 года орган'],
      ['en', 'Since 14 July 2025 the body is'],
    ] as const) {
      const page = await file(`report.${lang}.html`);
      const table = /<table id="years\.table".*?<\/table>/s.exec(page)![0];
      expect([...table.matchAll(/<th scope="row">([^<]*)</g)].map(([, label]) => label)).toEqual([
        ...['2022', '2023', '2024', '† 2025'],
      ]);
      const chart = /<figure id="years\.recommendations-chart".*?<\/figure>/s.exec(page)![0];
      expect(chart).toContain('breaks_marks');
      const notes = [...page.matchAll(/<p class="note">† ([^<]*)</g)].map(([, text]) => text);
      expect(notes).toHaveLength(2);
      for (const text of notes) expect(text).toContain(note);
    }
    const lines = (await file('data/years.table.csv')).trim().split('\r\n');
    expect(lines[0]!.endsWith(',break')).toBe(true);
    expect(lines.slice(1).map((line) => [line.split(',')[0], line.split(',').at(-1)])).toEqual([
      ...[
        ['2022', ''],
        ['2023', ''],
        ['2024', ''],
      ],
      ['2025', '2025-07-14'],
    ]);
  });

  it('leaves numbers that are counted again from the package alone', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'aiqyn-breaks-'));
    const cli = join(ROOT, 'services/report-compilation/dist/cli/cli.js');
    const run = (...args: string[]) => promisify(execFile)(process.execPath, [cli, ...args]);
    try {
      await run('fetch', platform.url(SERVICE, '').replace(/\/$/, ''), id, '--out', dir);
      const verdict = JSON.parse((await run('verify', dir, '--json')).stdout) as { faults: object[] };
      expect(verdict.faults).toEqual([]);
      expect(readFileSync(join(dir, 'metrics.json'), 'utf8')).toContain('calendar-year');
      // Whoever changes a number before the print, and the hash with it, is found by the text of the PDF.
      const model = JSON.parse(readFileSync(join(dir, 'model.json'), 'utf8')) as Parameters<typeof typesetPdf>[0];
      const changed = 'years.recommendations.2024';
      const numbers = { ...model.numbers, [changed]: { ...model.numbers[changed]!, value: 5 } };
      const pdf = join(dir, 'report.kk.pdf');
      const hash = (): string => createHash('sha256').update(readFileSync(pdf)).digest('hex');
      const before = hash();
      writeFileSync(pdf, await typesetPdf({ ...model, numbers }, 'kk', []));
      const manifest = join(dir, 'manifest.json');
      writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(before, hash()));
      const found = await run('verify', dir).catch((error: { stdout: string }) => error);
      expect(found.stdout).toContain(`report.kk.pdf: says “5`);
      expect(found.stdout).toContain(`where ${changed} stands in the row “2024” of years.table`);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
    const answer: Answer = await platform.call(SERVICE, `/en/editions/${id}/numbers/years.recommendations.2025`);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('years.recommendations');
  }, 60_000);
});
