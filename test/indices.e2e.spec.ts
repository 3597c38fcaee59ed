import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './harness/eventually.js';
import { draftReport, takeSteps } from './harness/national-report.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const data = (name: string): string =>
  readFileSync(new URL(`../services/report-compilation/data/indices/${name}`, import.meta.url), 'utf8');
const CPI = 'iso3,year,score,standard_error,sources,rank,rank_basis,countries_ranked,source,licence';
const cpi = (...rows: string[]): string => [CPI, ...rows].join('\n');
const vintages = data('wgi_kaz_vintages.csv').trim().split('\n');
const wgi = (vintage: string): string => [vintages[0], ...vintages.filter((row) => row.includes(vintage))].join('\n');

describe('the standing in international indices, from the files of producers to what may be said of it', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await startPlatform('indices', ['report-compilation']);
  }, 120_000);
  afterAll(() => platform?.stop());

  const get = (path: string): Promise<Answer> => platform.call('report-compilation', path);
  const load = (body: object, as: string | undefined = 'editor'): Promise<Answer> =>
    platform.call('report-compilation', '/v1/indices/imports', { as, body });
  const check = (body: object): Promise<Answer> =>
    platform.call('report-compilation', '/v1/indices/claims/check', { body });
  const stored = (): Promise<number> =>
    platform.environment.database('report-compilation').collection('index_records').countDocuments();
  const point = (answer: Answer, year: number) =>
    (answer.body.points as { year: number }[]).find((one) => one.year === year);

  it('tells everybody which indices there are, whose they are and under which licence, before any is loaded', async () => {
    const { status, body } = await get('/v1/indices');
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { index: 'cpi', measures: 'perception', licence: 'CC-BY-ND-4.0' },
      { index: 'wgi', measures: 'perception', licence: 'CC-BY-4.0' },
      { index: 'wjp', measures: 'perception-and-experience' },
      { index: 'wjp-absence-of-corruption' },
    ]);
    expect((await get('/v1/indices/cpi/KAZ/series')).status).toBe(404);
    expect((await get('/v1/indices/gdp/KAZ/series')).status).toBe(404);
  });

  it('records all countries of an edition, and as events those of the one reported on; again, nothing', async () => {
    expect((await load({ series: 'cpi' }, 'approver')).status).toBe(403);
    const first = await load({ series: 'cpi' });
    expect([first.status, first.body]).toEqual([
      200,
      { recorded: 2_313, known: 0, ofTheCountry: 14, placesDiffering: [] },
    ]);
    expect((await load({ series: 'cpi' })).body).toMatchObject({ recorded: 0, known: 2_313, ofTheCountry: 0 });
    // Two at once: one of them records, the other finds it there.
    const both = await Promise.all([load({ series: 'wjp' }), load({ series: 'wjp' })]);
    const recorded = both.map(({ body }) => [body.recorded, body.known, body.ofTheCountry] as number[]);
    expect(recorded.sort((a, b) => a[0]! - b[0]!)).toEqual([
      [0, 330, 0],
      [330, 0, 18],
    ]);
    await eventually(async () => {
      const { body } = await platform.call('report-compilation', '/v1/facts/counts', { as: 'editor' });
      // An interval of places for each year of which the file has every country and its error.
      expect(body.counts).toEqual({
        'report-compilation.index.recorded.v1': 32,
        'report-compilation.index.place-drawn.v1': 13,
      });
      const audit = await platform.environment.database('report-compilation').collection('journal').find().toArray();
      expect(JSON.stringify(audit)).toContain('index:record');
    });
  });

  it('shows the score with its band first, the place with its interval, the gap of 2025 and the missed target', async () => {
    const series = await get('/v1/indices/cpi/KAZ/series');
    expect(series.body).toMatchObject({ attribution: expect.stringContaining('Transparency International') });
    expect(series.body.points).toHaveLength(14);
    const computed = (point(series, 2020) as unknown as { computed: { placeInterval90: [number, number] } }).computed;
    expect(computed).toMatchObject({ band90: [32.9, 43.1], place: { rank: 94, of: 180, tiedWith: 7 } });
    expect(Math.abs(computed.placeInterval90[0] - 77)).toBeLessThanOrEqual(3);
    expect(Math.abs(computed.placeInterval90[1] - 120)).toBeLessThanOrEqual(3);
    expect(point(series, 2025)).toMatchObject({ published: { score: 38, rank: 96, countries: 182 }, computed: {} });
    expect(series.body.targets).toMatchObject([{ target: 45, year: 2025, result: 38, met: false, short: 7 }]);
    const change = await get('/v1/indices/cpi/KAZ/comparison?from=2012&to=2020');
    expect(change.body.computed).toMatchObject({
      change: { difference: 10, z: 1.94, verdict: 'risen', significantAt: 90 },
      sameSet: { countries: 175, from: 132, to: 90 },
    });
    const other = await get('/v1/indices/cpi/DNK/comparison?from=2020&to=2021');
    expect(other.body).toMatchObject({ country: 'DNK', computed: { change: { verdict: 'no-significant-change' } } });
    expect(other.body.targets).toEqual([]);
  });

  it('refuses a file by line and column and keeps nothing of it, however many good rows it has', async () => {
    const before = await stored();
    const good = 'KGZ,2026,28,2.5,8,140,published,182,TI,CC-BY-ND-4.0';
    const csv = cpi(
      good,
      'UZB,2026,secret,2.5,8,140,published,182,TI,CC-BY-ND-4.0',
      'TJK,2026,19,0,8,164,published,182,TI,CC-BY-ND-4.0',
    );
    const refused = await load({ series: 'cpi', csv });
    expect([refused.status, refused.body.code, refused.headers.get('content-type')]).toEqual([
      ...[422, 'bad_table', 'application/problem+json; charset=utf-8'],
    ]);
    expect(refused.body.fields).toEqual([
      { field: 'csv line 3, score', problem: 'a whole number from 0 to 100' },
      { field: 'csv line 4, standard_error', problem: expect.stringContaining('never 0') },
    ]);
    expect(JSON.stringify(refused.body)).not.toContain('secret');
    expect(await stored()).toBe(before);
    for (const [body, status, code] of [
      [{ series: 'gdp' }, 400, 'invalid_input'],
      [{ series: 'cpi', csv: 38 }, 400, 'invalid_input'],
      [{ series: 'cpi', csv: '' }, 422, 'bad_table'],
      [{ series: 'cpi', rows: [] }, 400, 'invalid_input'],
      [{ series: 'cpi', csv, vintage: 'new' }, 400, 'invalid_input'],
      [{ series: 'cpi', vintage: '2025-full' }, 422, 'vintage_not_told_here'],
      [{ series: 'wgi', csv: wgi('2020-09'), vintage: '2020-x' }, 422, 'vintage_not_told_here'],
    ] as const) {
      const answer = await load(body);
      expect([body, answer.status, answer.body.code]).toEqual([body, status, code]);
    }
    expect(await stored()).toBe(before);
  });

  it('keeps what it knew when a producer restates the past, and says so on any day', async () => {
    platform.setClock('2026-01-10T06:00:00Z');
    expect((await load({ series: 'wgi', csv: wgi('2020-09') })).body).toMatchObject({ recorded: 21, ofTheCountry: 21 });
    platform.setClock('2026-03-01T06:00:00Z');
    expect((await load({ series: 'wgi', csv: wgi('2022-09') })).body).toMatchObject({ recorded: 23 });
    const asOf = async (day: string) => point(await get(`/v1/indices/wgi/KAZ/series?asOf=${day}`), 2019);
    expect((await get('/v1/indices/wgi/KAZ/series?asOf=2026-01-09')).status).toBe(404);
    expect(await asOf('2026-02-28')).toMatchObject({ vintage: '2020-09-update', published: { percentile: 43.75 } });
    expect(await asOf('2026-02-28')).not.toHaveProperty('restated');
    expect(await asOf('2026-03-01')).toMatchObject({
      ...{ vintage: '2022-09-update', published: { percentile: 46.63 } },
      restated: [{ vintage: '2020-09-update', recordedDay: '2026-01-10', published: { percentile: 43.75 } }],
    });
    expect(point(await get('/v1/indices/wgi/KAZ/series'), 1997)).toEqual({ year: 1997, missing: true });
    for (const day of ['yesterday', '2026-02-30', '2026-1-1']) {
      expect((await get(`/v1/indices/wgi/KAZ/series?asOf=${day}`)).status).toBe(400);
    }
  });

  it('changes no value under its vintage; the full edition of 2025 is a vintage, and the National Report takes it', async () => {
    platform.setClock('2026-11-25T06:00:00Z');
    const csv = cpi('KAZ,2025,38,2.9,9,96,published,182,TI CPI 2025,CC-BY-ND-4.0');
    const differs = await load({ series: 'cpi', csv });
    expect([differs.status, differs.body.code, differs.body.fields]).toEqual([
      422,
      'vintage_differs',
      [{ field: 'csv line 2, standardError', problem: 'as recorded, or another vintage than 2025' }],
    ]);
    expect((await load({ series: 'cpi', csv, vintage: '2025-full' })).body).toMatchObject({ recorded: 1 });
    const change = await get('/v1/indices/cpi/KAZ/comparison?from=2024&to=2025');
    expect(change.body.computed).toMatchObject({ change: { difference: -2, verdict: 'no-significant-change' } });
    // One a value of the country: CPI 15, WJP 18, WGI 44.
    await eventually(async () => {
      const { body } = await platform.call('report-compilation', '/v1/facts/counts', { as: 'editor' });
      expect(body.counts['report-compilation.index.recorded.v1']).toBe(77);
    });
    const id = await draftReport(platform, 2025);
    await takeSteps(platform, id, 'collection', 'assessment');
    const draft = await platform.call('report-compilation', `/v1/national-reports/${id}/draft`, { as: 'approver' });
    const { numbers } = (draft.body as { model: { numbers: Record<string, { value: unknown }> } }).model;
    expect(numbers['index.cpi.error.2025']!.value).toBe(2.9);
    expect(numbers['index.cpi.score.2025']!.value).toBe(38);
    expect(numbers['index.cpi.change.2025']!.value).toBe('no-significant-change');
  });

  it('holds a claim against the data and shows the finding, in the language that is asked for', async () => {
    const seed = { index: 'cpi', sentence: 'Kazakhstan rose from 133rd to 94th over ten years' };
    const { status, body } = await check(seed);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      licence: 'CC-BY-ND-4.0',
      claim: { measure: 'rank', from: 133, to: 94, span: 10 },
      finding: { code: 'places-right-span-wrong', span: 8, from: { year: 2012 }, to: { year: 2020 } },
      computed: { change: { verdict: 'risen', significantAt: 90 }, sameSet: { countries: 175, from: 132, to: 90 } },
      text: expect.stringContaining('The values are right, the time is not.'),
    });
    expect((await check({ ...seed, lang: 'ru' })).body.text).toContain('восприятие коррупции');
    expect((await check({ ...seed, lang: 'kk' })).body.text).toContain('мерзімі дұрыс емес');
    const fields = await check({ index: 'cpi', fromRank: 133, toRank: 94, fromYear: 2012, toYear: 2020 });
    expect(fields.body.finding.code).toBe('true');
    expect((await check({ index: 'wjp', sentence: '62nd of 128' })).body.finding).toMatchObject({
      ...{ code: 'true', to: { year: 2020, rank: 62, countries: 128 } },
    });
    const rise = { index: 'wjp', fromRank: 62, toRank: 66, toYear: 2021, said: 'risen', by: 3 };
    expect((await check(rise)).body.finding).toMatchObject({
      code: 'wrong',
      reasons: ['moved-by-wrong', 'direction-wrong'],
    });
  });

  it.each<[string, object, number, string]>([
    ['no claim', { index: 'cpi' }, 422, 'claim_not_read'],
    ['two at once', { index: 'cpi', toRank: 94, toScore: 38 }, 422, 'claim_not_read'],
    ['half a claim', { index: 'cpi', fromRank: 133 }, 422, 'claim_not_read'],
    ['a sentence without a place', { index: 'cpi', sentence: 'we did well' }, 422, 'claim_not_read'],
    [
      'another country of WJP, whose table may not be given on',
      { index: 'wjp', country: 'KGZ', toRank: 1 },
      422,
      'single_facts_only',
    ],
    ['an index that nobody knows', { index: 'gdp', toRank: 1 }, 404, 'not_found'],
    ['a country that is not in it', { index: 'cpi', country: 'XXX', toRank: 1 }, 404, 'not_found'],
    ['a place in words', { index: 'cpi', toRank: 'first' }, 400, 'invalid_input'],
    ['an operator', { index: { $ne: '' }, toRank: 1 }, 400, 'invalid_input'],
    ['too long a sentence', { index: 'cpi', sentence: '94th '.repeat(101) }, 400, 'invalid_input'],
    ['a field that is not one', { index: 'cpi', toRank: 1, note: 'x' }, 400, 'invalid_input'],
  ])('refuses %s', async (_, body, status, code) => {
    const answer = await check(body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it.each<[string, number, string]>([
    ['/v1/indices/wjp/KGZ/series', 422, 'single_facts_only'],
    ['/v1/indices/cpi/kaz/series', 400, 'invalid_input'],
    ['/v1/indices/cpi/KAZ/comparison', 400, 'invalid_input'],
    ['/v1/indices/cpi/KAZ/comparison?from=2012&to=20x0', 400, 'invalid_input'],
    ['/v1/indices/cpi/KAZ/comparison?from=2012&to=2030', 422, 'no_value'],
    ['/v1/indices/cpi/KAZ/series?asOf[$gt]=2020-01-01', 400, 'invalid_input'],
  ])('refuses to read %s', async (path, status, code) => {
    const answer = await get(path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});
