import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './harness/eventually.js';
import { openInvestigation } from './harness/investigation.js';
import { startPlatform, type TestPlatform } from './harness/platform.js';

const kzt = (amount: number) => ({ amount, currency: 'KZT' });
const purchase = (
  ocid: string,
  more: { tenderers: number; buyer?: string; date?: string; contract?: number; paid?: number },
) => ({
  ...{ ocid, date: '2026-03-20T00:00:00Z', buyer: { id: more.buyer ?? 'B-1' } },
  tender: {
    ...{ procurementMethod: 'open', numberOfTenderers: more.tenderers, value: kzt(1_000) },
    items: [{ classification: { scheme: 'CPV', id: '45233141' } }],
  },
  awards: [{ id: 'a', status: 'active', date: more.date ?? '2026-03-10', value: kzt(900), suppliers: [{ id: 'S' }] }],
  contracts: [
    {
      ...{ id: 'c', awardID: 'a', status: 'active', value: kzt(more.contract ?? 900) },
      implementation: { transactions: [{ value: kzt(more.paid ?? 100) }] },
    },
  ],
});

describe('the dossier of an area', () => {
  let platform: TestPlatform;
  const call = (as: string, path: string, body?: object) =>
    platform.call('risk-analysis', `/v1/${path}`, { as, ...(body ? { body } : {}) });
  const compile = (from = '2026-01-01', to = '2026-12-31') => call('analyst', 'areas/roads/dossiers', { from, to });
  const hand = (...releases: object[]) => call('registry', 'procurement/releases?origin=generated', { releases });
  const dossierOf = async (id: string) => (await call('auditor', `dossiers/${id}`)).body as Record<string, never>;
  let first: string;

  beforeAll(async () => {
    platform = await startPlatform('dossier', ['reporting', 'risk-analysis']);
    platform.setClock('2026-06-01T06:00:00Z');
    const answer = await hand(
      purchase('one', { tenderers: 1 }),
      purchase('two', { tenderers: 3, contract: 950, paid: 970 }),
      purchase('clean', { tenderers: 3 }),
      purchase('last-year', { tenderers: 1, date: '2025-12-31' }),
    );
    expect(answer.body).toMatchObject({ recorded: 4 });
  }, 120_000);
  afterAll(() => platform?.stop());

  it('equals a count by hand', async () => {
    const { status, body } = await compile();
    expect(status).toBe(201);
    first = body.dossierId as string;
    expect(await dossierOf(first)).toMatchObject({
      money: {
        ...{
          planned: { KZT: 300_000 },
          awarded: { KZT: 270_000 },
          contracted: { KZT: 275_000 },
          paid: { KZT: 117_000 },
        },
      },
      // Of one process a single bid (0.4) and a price near nothing known; of the other what was paid above its contract.
      moneyAtRisk: { high: { processes: 0 } },
      hiddenTheft: { paidAboveContract: { KZT: 2_000 }, priceRises: { KZT: 5_000 } },
      detection: { processes: 3, signals: { R018: 1, R068: 1 }, reports: 0 },
      gaps: { reportsWithoutAnalysis: 0 },
    });
  });

  it('is the same, byte for byte, when it is compiled again from the same, also after a crash', async () => {
    const before = await dossierOf(first);
    expect((await compile()).body).toMatchObject({ dossierId: first });
    await platform.crash('risk-analysis');
    expect((await compile()).body).toMatchObject({ dossierId: first });
    expect(JSON.stringify(await dossierOf(first))).toBe(JSON.stringify(before));
    expect(await platform.environment.database('risk-analysis').collection('dossiers').countDocuments()).toBe(1);
  });

  it('has another hash when a process, a report or the period is another', async () => {
    await hand(purchase('three', { tenderers: 3 }));
    const second = (await compile()).body.dossierId as string;
    expect(second).not.toBe(first);
    const text = { areaCode: 'roads', category: 'bribery', mode: 'anonymous', region: 'KZ-75', narrative: 'x' };
    expect((await platform.call('reporting', '/v1/reports', { body: text })).status).toBe(201);
    let third = '';
    await eventually(async () => {
      third = (await compile()).body.dossierId as string;
      expect(third).not.toBe(second);
    });
    expect(await dossierOf(third)).toMatchObject({ detection: { reports: 1 }, gaps: { reportsWithoutAnalysis: 1 } });
    expect((await compile('2026-01-01', '2026-12-30')).body.dossierId).not.toBe(third);
    // The first one stays as it was.
    expect(await dossierOf(first)).toMatchObject({ detection: { processes: 3, reports: 0 } });
  });

  it('is read as a page in three languages and as a table', async () => {
    const token = await platform.issuer.token('editor', ['editor']);
    const read = (path: string) =>
      fetch(platform.url('risk-analysis', `/v1/dossiers/${first}/${path}`), {
        headers: { authorization: `Bearer ${token}` },
      });
    const words = { kk: 'Ақша картасы', ru: 'Карта денег', en: 'Map of the money' };
    for (const [language, word] of Object.entries(words)) {
      const page = await read(`page?language=${language}`);
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(await page.text()).toContain(word);
    }
    expect(await (await read('table')).text()).toContain('money,paid,KZT,hundredths,117000');
  });

  it.each([
    ['another role', 'registry', { from: '2026-01-01', to: '2026-12-31' }, 403, 'forbidden'],
    ['no day', 'analyst', { from: '2026-02-30', to: '2026-12-31' }, 400, 'invalid_input'],
    ['a period backwards', 'analyst', { from: '2026-02-02', to: '2026-02-01' }, 422, 'bad_period'],
  ])('is refused to %s', async (_, as, body, status, code) => {
    const answer = await call(as, 'areas/roads/dossiers', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('knows what people look at next, and not what was closed long ago', async () => {
    const { body } = await call('analyst', 'work-queue?capacity=2');
    const items = body.items as { ocid: string; severity: string }[];
    expect(items.map((one) => one.ocid)).toContain('two');
    expect(items.length).toBeLessThanOrEqual(2);
    const closed = { ...purchase('two', { tenderers: 3, contract: 950, paid: 970 }), date: '2026-03-21T00:00:00Z' };
    await hand({ ...closed, tender: { ...closed.tender, status: 'complete' } });
    const ocids = async (more = '') =>
      ((await call('analyst', `work-queue?capacity=9${more}`)).body.items as { ocid: string }[]).map((one) => one.ocid);
    for (const closed of ['', '&closed=false']) expect(await ocids(closed)).not.toContain('two');
    expect(await ocids('&closed=true')).toContain('two');
  });

  it('shows beside the indicators how often people found them right', async () => {
    const referral = { category: 'procurement', region: 'KZ-75' };
    const { body } = await call('analyst', 'flags/one:R018/referral', referral);
    await platform.environment
      .database('risk-analysis')
      .collection<{ _id: string }>('area_facts')
      .insertOne({
        _id: 'reporting/x',
        kind: 'case-decided',
        areaCode: 'roads',
        day: '2026-05-01',
        subjectId: body.findingId,
        code: 'decided-liable',
      } as { _id: string });
    const precision = await call('analyst', 'indicators/precision');
    expect(precision.body.items).toEqual([
      { indicator: 'R018', referred: 1, decided: 1, liable: 1, precision: 1, low: 0.2065, high: 1 },
    ]);
  });

  describe('by region', () => {
    const [city, around] = ['KZ-75', 'KZ-19'] as const;
    const decided = { 'decided-not-liable': 1 };
    /** Of an area of its own, so that nothing else is in it. */
    const bought = (ocid: string, address: object) => {
      const { tender, ...release } = purchase(ocid, { tenderers: 1, buyer: 'B-9' });
      const items = [{ classification: { scheme: 'CPV', id: '33190000' } }];
      return { ...release, parties: [{ id: 'B-9', roles: ['buyer'], address }], tender: { ...tender, items } };
    };
    const of = (more: object, as = 'analyst') =>
      call(as, 'areas/health/dossiers', { from: '2026-01-01', to: '2026-12-31', ...more });
    const office = async (region: string, path: string, body?: object) => {
      const token = await platform.issuer.token('aru', ['analyst'], { regions: [region] });
      const headers = { authorization: `Bearer ${token}` };
      return platform.call('risk-analysis', `/v1/${path}`, { ...(body ? { body } : {}), headers });
    };
    let id: string;

    beforeAll(async () => {
      const releases = [
        bought('of-city', { region: 'Алматы' }),
        bought('of-region', { region: 'Алматинская область' }),
      ];
      expect((await hand(...releases, bought('of-nowhere', {}))).body).toMatchObject({ recorded: 3 });
      const reports: string[] = [];
      for (const region of [city, around, around]) {
        const body = { areaCode: 'health', category: 'bribery', mode: 'anonymous', region, narrative: 'x' };
        reports.push((await platform.call('reporting', '/v1/reports', { body })).body.reportId as string);
      }
      const step = async (as: string, path: string, body: object = {}): Promise<void> => {
        expect([
          path,
          (await platform.call('reporting', `/v1/cases/${reports[0]}/${path}`, { as, body })).status,
        ]).toEqual([path, 200]);
      };
      await step('intake-officer', 'acknowledgement');
      await step('triage-officer', 'triage');
      expect((await openInvestigation(platform, reports[0]!)).status).toBe(200);
      await step('investigator', 'findings', { finding: 'substantiated' });
      await step('court-clerk', 'proceedings');
      await step('court-clerk', 'decision', { outcome: 'decided-not-liable', legalForceDay: '2026-05-02' });
      const inquiries = platform.environment
        .database('risk-analysis')
        .collection<{ _id: string }>('enrichment_inquiries');
      for (const region of [city, around, around]) {
        const inquiry = { _id: crypto.randomUUID(), areaCode: 'health', region, day: '2026-05-01', state: 'signalled' };
        await inquiries.insertOne(inquiry);
      }
      await eventually(async () => {
        const whole = await dossierOf((await of({})).body.dossierId as string);
        expect(whole).toMatchObject({
          detection: { reports: 3 },
          investigation: { casesOpened: 1, casesDecided: decided },
        });
      });
    });

    it('counts only what is of the region, and says what is not told by region', async () => {
      const { status, body } = await of({ region: city });
      id = body.dossierId as string;
      expect([status, id]).toEqual([201, expect.stringMatching(/^health:KZ-75:2026-01-01:2026-12-31:[0-9a-f]{16}$/)]);
      const detection = { processes: 1, signals: { R018: 1 }, reports: 1, enrichmentInquiries: { signalled: 1 } };
      expect(await dossierOf(id)).toMatchObject({
        ...{ region: city, wholeArea: ['analyses', 'recommendations', 'effects'], detection },
        ...{ money: { awarded: { KZT: 90_000 } }, investigation: { casesOpened: 1, casesDecided: decided } },
      });
      expect(await dossierOf((await of({ region: around })).body.dossierId as string)).toMatchObject({
        detection: { processes: 1, reports: 2, enrichmentInquiries: { signalled: 2 } },
        investigation: { casesOpened: 0, casesDecided: {} },
      });
      const whole = await dossierOf((await of({})).body.dossierId as string);
      expect(whole).toMatchObject({ detection: { processes: 3, reports: 3 } });
      expect(whole).not.toHaveProperty('wholeArea');
    });

    it('is the same, byte for byte, when it is compiled again from the same', async () => {
      const before = JSON.stringify(await dossierOf(id));
      await hand(bought('another-of-region', { kato: '190000000' }));
      expect((await of({ region: city })).body.dossierId).toBe(id);
      expect(JSON.stringify(await dossierOf(id))).toBe(before);
    });

    it('is listed with its region, and alone when one asks for it', async () => {
      const { items } = (await call('auditor', `dossiers?areaCode=health&region=${city}`)).body as { items: object[] };
      expect(items).toEqual([expect.objectContaining({ _id: id, areaCode: 'health', region: city })]);
    });

    it('is refused of a region that is none, with the field', async () => {
      const { status, body } = await of({ region: 'KZ-51' });
      expect([status, body.code, body.fields]).toEqual([
        400,
        'invalid_input',
        [expect.objectContaining({ field: 'region' })],
      ]);
      expect((await call('analyst', 'dossiers?region=KZ-51')).status).toBe(400);
    });

    it('is known to a regional office only of its regions, as the inquiries in it are; that of the whole area to all', async () => {
      const period = { from: '2026-01-01', to: '2026-12-31' };
      expect((await office(city, 'areas/health/dossiers', { ...period, region: city })).body.dossierId).toBe(id);
      const { status, body } = await office(around, 'areas/health/dossiers', { ...period, region: city });
      expect([status, body]).toEqual([422, expect.objectContaining({ code: 'other_region', allowed: [around] })]);
      for (const path of ['', '/page', '/table'])
        expect((await office(around, `dossiers/${id}${path}`)).status).toBe(404);
      expect((await office(around, `dossiers?region=${city}`)).status).toBe(422);
      const listed = (await office(around, 'dossiers?limit=200')).body.items as { region?: string }[];
      expect([...new Set(listed.map((one) => one.region))].sort()).toEqual([around, undefined]);
      expect((await office(around, `dossiers/${first}`)).status).toBe(200);
    });
  });
});
