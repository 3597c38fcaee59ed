import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isIin, withBinCheckDigit } from '@aiqyn/contracts';
import { type Service, SERVICES } from '@aiqyn/local';
import { PERMISSIONS, type Permission, UNSENT } from '@aiqyn/platform';
import { eventually } from './harness/eventually.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';
import { committed } from './openapi/documents.js';

const roles = [...new Set(Object.values(PERMISSIONS).flat())].sort();

/** All routes that need no token, each with the reason; whatever is not here answers 401. */
const RECEIPT = 'the receipt code in the body, which nobody else has, is the key';
const PUBLISHED = 'was published for everybody';
const PRODUCERS = 'values that their producers published, with attribution';
const PROOF = 'anybody may check the transparency log; it has hashes only';
/** The public site, in each language. */
const SITE = {
  'GET /charts.js': 'the script of the charts on pages for everybody',
  'GET /': 'leads to the site in the language of the browser',
  ...Object.fromEntries(
    ['kk', 'ru', 'en'].flatMap((language) => [
      [`GET /${language}`, 'the site, for everybody'],
      [`GET /${language}/editions/{id}`, 'an edition that was published for everybody'],
      [`GET /${language}/editions/{id}/numbers/{number}`, 'what its data say, as a page'],
      [`GET /${language}/indices/{index}`, 'values that their producers published, as a page'],
      [`GET /${language}/consultations`, 'what was announced to everybody'],
      [`GET /${language}/consultations/{id}`, 'what the API tells everybody, as a page'],
      [`POST /${language}/consultations/{id}/comments`, 'anybody comments without a login'],
      [`POST /${language}/comments/status`, 'the receipt number in the form is the key, as it is in the API'],
      [`GET /${language}/{path}`, 'that there is no such page'],
    ]),
  ),
};
const OPEN: Readonly<Record<string, string>> = {
  ...SITE,
  'GET /health/live': 'probes have no token; it says nothing but up or down',
  'GET /health/ready': 'as the other probe',
  'GET /metrics': 'scraped inside the cluster; counts without a subject',
  'POST /v1/reports': 'a citizen reports without a login',
  'POST /v1/open311/requests.json': 'the same in the form of Open311',
  'GET /v1/open311/services.json': 'what can be reported',
  'GET /v1/channels/default': 'the key to which a report is sealed, and what may be attached',
  'GET /v1/channels/default/texts': 'the words of the states for the reporting person',
  'GET /v1/channels/default/work': 'the proof of work that a report needs in a flood',
  'GET /v1/channels/default/forms': 'the forms of a report',
  'GET /v1/channels/default/forms/{kind}/{version}': 'one of them',
  'POST /v1/reports/status': RECEIPT,
  'POST /v1/reports/mode': RECEIPT,
  'POST /v1/reports/messages': RECEIPT,
  'POST /v1/reports/messages/list': RECEIPT,
  'POST /v1/reports/reply-key': RECEIPT,
  'POST /v1/reports/attachments': RECEIPT,
  'POST /v1/reports/attachments/{id}/completion': RECEIPT,
  'PUT /v1/reports/attachments/{id}/chunks/{no}': RECEIPT,
  'POST /v1/reports/appeal': RECEIPT,
  'POST /v1/reports/withdrawal': RECEIPT,
  'POST /v1/reports/retaliation-complaints': RECEIPT,
  'POST /v1/reports/claim': RECEIPT,
  'POST /v1/reports/reward-appeal': RECEIPT,
  'GET /v1/transparency/tree-head': PROOF,
  'GET /v1/transparency/tree-heads': PROOF,
  'GET /v1/transparency/entries': PROOF,
  'GET /v1/transparency/inclusion': PROOF,
  'GET /v1/transparency/consistency': PROOF,
  'GET /v1/statistics/{year}': PUBLISHED,
  'GET /v1/gift-register': PUBLISHED,
  'GET /v1/gift-register.csv': PUBLISHED,
  'GET /v1/gift-register/numbers': PUBLISHED,
  'GET /v1/gift-register/{id}': PUBLISHED,
  'GET /v1/acceptance': PUBLISHED,
  'GET /v1/opinions': PUBLISHED,
  'GET /v1/opinions/{number}': PUBLISHED,
  'GET /v1/indices': PRODUCERS,
  'GET /v1/indices/{index}/{country}/series': PRODUCERS,
  'GET /v1/indices/{index}/{country}/comparison': PRODUCERS,
  'POST /v1/indices/claims/check': 'holds a claim against the same values; keeps nothing of it',
  'GET /v1/policy-documents': PUBLISHED,
  'GET /v1/policy-documents/{id}': PUBLISHED,
  'GET /v1/policy-documents/{id}/versions/{version}': PUBLISHED,
  'GET /v1/policy-documents/{id}/diff': PUBLISHED,
  'GET /v1/policy-documents/{id}/plans/{quarter}': PUBLISHED,
  'GET /v1/consultations': PUBLISHED,
  'GET /v1/consultations/{id}': PUBLISHED,
  'POST /v1/consultations/{id}/comments': 'anybody comments without a login',
  'GET /v1/consultations/{id}/comments': 'comments of a public consultation, without who wrote them',
  'GET /v1/consultations/{id}/moderation-log': 'what was hidden and why, without the texts',
  'GET /v1/consultations/{id}/summary': 'the answers, once each comment has its own',
  'POST /v1/comments/status': 'the receipt number in the body, which nobody else has before the summary, is the key',
  'POST /v1/comments/appeal': 'as the status; no appeal is open once the summary is published',
  'GET /v1/national-reports': PUBLISHED,
  'GET /v1/national-reports/{id}': PUBLISHED,
  'GET /v1/signing-keys': 'a public key: with it everybody checks a package',
  'GET /v1/national-reports/{id}/package': PUBLISHED,
  'GET /v1/national-reports/{id}/package/{path}': PUBLISHED,
  'GET /v1/national-reports/{id}/differences': PUBLISHED,
  'GET /v1/national-reports/{id}/numbers/{number}': PUBLISHED,
  'GET /v1/national-reports/{id}/numbers/{number}/events': PUBLISHED,
  'GET /v1/national-reports/{id}/numbers/{number}/proof': PUBLISHED,
};

/** What fills an address, where a random id would be refused before anything else is looked at. */
const PLACES: Record<string, string> = {
  code: 'roads',
  year: '2024',
  version: '1',
  no: '0',
  number: '2024-1',
  bin: '050540000016',
};
const QUERIES: Record<string, string> = {
  'GET /v1/acceptance': '?by=factor',
  'POST /v1/procurement/releases': '?origin=generated',
  'GET /v1/enrichment-reviews/{id}/comparators': '?tiynPerUah=1240',
};

const iin = ['85010130001', '85010130002', '85010130003'].map(withBinCheckDigit).find((one) => one && isIin(one))!;
const declaration = (year: number, assets: object[]): object => ({
  ...{ iin, year, version: 1, currency: 'KZT', bodyBin: '050540000016', areaCode: 'roads', region: 'KZ-75' },
  household: [],
  sections: {
    ...{ assets, liabilities: [], incomes: [], expenses: [], received: [] },
    ...{ loansReceived: [], loansRepaid: [], disposals: [] },
  },
});
/** Bodies of which something is made, so that a refusal is seen to change nothing; elsewhere none is sent. */
const BODIES: Record<string, object> = {
  'POST /v1/gifts': {
    ...{ officialIin: iin, organisationBin: '050540000016', sector: 'state', recipient: 'official', kind: 'thing' },
    ...{ receipt: 'knowing', receivedDay: '2025-01-01', knownDay: '2025-01-01', giver: { kind: 'unknown' } },
  },
  'POST /v1/national-reports': { year: 2024 },
  'POST /v1/policy-documents': {
    ...{ kind: 'concept', titles: { kk: 'Тұжырымдама', ru: 'Концепция', en: 'Concept' } },
    units: [{ unitId: 'p1', number: '1', kind: 'paragraph', text: { kk: 'Бір', ru: 'Один', en: 'One' } }],
  },
  'POST /v1/procurement/releases': { releases: [{ ocid: 'access-1', date: '2025-01-01T00:00:00Z' }] },
  'POST /v1/declarations': declaration(2024, []),
  'POST /v1/organisations': { organisationBin: '050540000016' },
  'POST /v1/analyses': {
    ...{ kind: 'external', objectBin: '050540000016', areaCode: 'roads', subject: 'land', group: ['anna'] },
  },
};

interface Route {
  readonly service: Service;
  readonly method: string;
  readonly path: string;
  readonly name: string;
}

describe('the access to all routes of all services', () => {
  let platform: TestPlatform;
  const routes: Route[] = [];
  const served = new Map<Service, unknown>();
  const closed: (Route & { readonly permission: Permission })[] = [];
  const tokens = new Map<string, string>();

  const call = (
    as: string | undefined,
    { service, method, path, name }: Route,
    id: string = randomUUID(),
  ): Promise<Answer> =>
    platform.call(
      service,
      path.replace(/\{(\w+)\}/g, (_, place: string) => PLACES[place] ?? id) + (QUERIES[name] ?? ''),
      {
        ...{ method, ...(method === 'GET' ? {} : { body: BODIES[name] ?? {} }) },
        ...(as === undefined ? {} : { headers: { authorization: `Bearer ${tokens.get(as)}` } }),
      },
    );
  /** All of them, some side by side. */
  const inGroups = async <T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> => {
    const done: R[] = [];
    for (let i = 0; i < all.length; i += 24) done.push(...(await Promise.all(all.slice(i, i + 24).map(work))));
    return done;
  };
  const may = (role: string, permission: Permission): boolean =>
    (PERMISSIONS[permission] as readonly string[]).includes(role);
  /** What is stored, by service and collection; not what the services do by themselves. */
  const stored = async (): Promise<Record<string, string>> => {
    const all: Record<string, string> = {};
    for (const service of SERVICES) {
      const { collections } = await platform.environment.database(service).command({ dbHash: 1 });
      for (const [name, hash] of Object.entries(collections as Record<string, string>))
        if (!['leases', 'timers'].includes(name)) all[`${service}.${name}`] = hash;
    }
    return all;
  };

  beforeAll(async () => {
    platform = await startPlatform('every-route');
    for (const role of [...roles, 'nobody']) tokens.set(role, await platform.issuer.token(role, [role]));
    for (const service of SERVICES) {
      const { body } = await platform.call(service, '/openapi.json');
      served.set(service, body);
      for (const [path, methods] of Object.entries(body.paths as Record<string, object>))
        for (const one of Object.keys(methods)) {
          const method = one.toUpperCase();
          routes.push({ service, method, path, name: `${method} ${path}` });
        }
    }
  }, 120_000);
  afterAll(() => platform?.stop());

  it.each(SERVICES)(
    'is described by %s as in its committed document, which was written without running it',
    (service) => {
      expect(served.get(service)).toEqual(JSON.parse(readFileSync(committed(service), 'utf8')));
    },
  );

  it('is open without a token only where there is a reason, and closed everywhere to who has no role', async () => {
    const answers = await inGroups(routes, async (route) => ({
      route,
      without: (await call(undefined, route)).status,
      nobody: await call('nobody', route),
    }));
    const open = answers.filter(({ without }) => without !== 401).map(({ route }) => route.name);
    expect([...new Set(open)].sort()).toEqual(Object.keys(OPEN).sort());
    for (const { route, without, nobody } of answers) {
      if (without !== 401) continue;
      expect([route.name, nobody.status]).toEqual([route.name, 403]);
      const permission = /permission (\S+)$/.exec(String(nobody.body.detail))![1] as Permission;
      closed.push({ ...route, permission });
    }
    // A permission that opens nothing, or one that is not in the policy, would be a mistake of one of the two.
    expect([...new Set(closed.map(({ permission }) => permission))].sort()).toEqual(Object.keys(PERMISSIONS).sort());
  }, 60_000);

  it('is refused to every role that the policy does not name, and that changes nothing', async () => {
    const cells = roles.flatMap((role) =>
      closed.filter((r) => !may(role, r.permission)).map((route) => ({ role, route })),
    );
    expect(cells.length).toBeGreaterThan(3_000);
    const before = await eventually(async () => {
      for (const service of SERVICES) {
        const db = platform.environment.database(service);
        // Sent, and sealed: what the services do with what there is has come to its end.
        expect(await db.collection('journal').countDocuments(UNSENT)).toBe(0);
        expect(await db.collection('journal').countDocuments({ seal: { $exists: true } })).toBe(0);
      }
      const first = await stored();
      expect(await stored()).toEqual(first);
      return first;
    });
    const letIn = await inGroups(cells, async ({ role, route }) => {
      const { status } = await call(role, route);
      return status === 403 ? [] : [`${role} ${route.service} ${route.name}: ${status}`];
    });
    expect(letIn.flat()).toEqual([]);
    expect(await stored()).toEqual(before);
  }, 120_000);

  it('is given to every role that the policy names', async () => {
    const before = await stored();
    const cells = closed.flatMap((route) =>
      roles.filter((r) => may(r, route.permission)).map((role) => ({ role, route })),
    );
    const refused = await inGroups(cells, async ({ role, route }) => {
      const { status } = await call(role, route);
      return status === 401 || status === 403 || status >= 500
        ? [`${role} ${route.service} ${route.name}: ${status}`]
        : [];
    });
    expect(refused.flat()).toEqual([]);
    // What would have been made by those who were refused.
    const after = await stored();
    const made = Object.keys(after).filter((name) => after[name] !== before[name]);
    for (const service of SERVICES) expect(made).toContain(`${service}.journal`);
    expect(made).toEqual(
      expect.arrayContaining([
        'compliance.gifts',
        'compliance.organisations',
        'report-compilation.national_reports',
        'report-compilation.policy_documents',
        'reporting.statistics',
      ]),
    );
    expect(made).toEqual(
      expect.arrayContaining(['releases', 'declarations', 'analyses'].map((name) => `risk-analysis.${name}`)),
    );
  }, 60_000);

  it('shows of another region no row of risk-analysis, by any route and any id', async () => {
    const registry = { headers: { authorization: `Bearer ${tokens.get('declaration-registry')}` } };
    const bought = { assetId: '20:315:012:345', kind: 'real-estate', cost: 5_000_000_000 };
    const body = declaration(2025, [bought]);
    expect((await platform.call('risk-analysis', '/v1/declarations', { ...registry, body })).status).toBe(200);
    const db = platform.environment.database('risk-analysis');
    const ids = new Set<string>();
    for (const { name } of await db.listCollections().toArray())
      for (const { _id } of await db
        .collection(name)
        .find({}, { projection: { _id: 1 } })
        .toArray())
        if (typeof (_id as unknown) === 'string') ids.add(encodeURIComponent(String(_id)));
    const reads = closed.filter(({ service, method }) => service === 'risk-analysis' && method === 'GET');
    /** The routes that show a row of Pavlodar to those who work for that region. */
    const shown = async (region: string): Promise<string[]> => {
      const asked = reads.flatMap((route) => {
        const all = route.path.includes('{id}') ? [...ids] : ['-'];
        return all.flatMap((id) => roles.filter((r) => may(r, route.permission)).map((role) => ({ route, id, role })));
      });
      for (const role of new Set(asked.map((one) => one.role)))
        tokens.set(`${role} of ${region}`, await platform.issuer.token(role, [role], { regions: [region] }));
      const found = await inGroups(asked, async ({ route, id, role }) => {
        const answer = await call(`${role} of ${region}`, route, id);
        expect(answer.status).toBeLessThan(500);
        return JSON.stringify(answer.body).includes('"region":"KZ-75"') ? [route.path] : [];
      });
      return [...new Set(found.flat())].sort();
    };
    expect(await shown('KZ-71')).toEqual([]);
    expect(await shown('KZ-75')).toEqual(
      expect.arrayContaining([
        ...['/v1/declarations/{id}', '/v1/enrichment-inquiries', '/v1/enrichment-inquiries/{id}'],
        ...['/v1/enrichment-reviews', '/v1/enrichment-reviews/{id}'],
      ]),
    );
  }, 60_000);

  it('shows of another organisation no row of compliance, by any route and any id, and changes none', async () => {
    const own = '050540000016';
    const told = async (role: string, path: string, body: object): Promise<void> => {
      const headers = { authorization: `Bearer ${tokens.get(role)}` };
      const { status, body: answer } = await platform.call('compliance', path, { body, headers });
      expect([status, answer]).toEqual([status < 300 ? status : 0, expect.anything()]);
    };
    await told('compliance-officer', '/v1/gifts', BODIES['POST /v1/gifts']!);
    await told('act-registrar', '/v1/draft-acts', {
      ...{ authorityBin: own, actType: 'law', titles: { ru: 'О берегах' }, pages: 3 },
      texts: [{ language: 'ru', text: 'Статья 1. Комиссия вправе выдать разрешение заявителю.' }],
      dossier: {
        ...{ note: 'present', 'comparative-table': 'present', 'financial-basis': 'present' },
        ...{ 'impact-analysis': 'absent', consultation: 'present' },
      },
    });
    await told('compliance-board', `/v1/organisations/${own}/officer`, {
      ...{ officerIin: iin, appointedDay: '2025-01-01', actNumber: 'B/1', regulationNumber: 'R/1' },
      reportingLine: 'board',
    });
    await told('compliance-registrar', `/v1/organisations/${own}/activation`, {});
    await told('compliance-registrar', '/v1/assessments', { organisationBin: own });
    const db = platform.environment.database('compliance');
    const ids = new Set<string>();
    for (const name of ['gifts', 'draft-acts', 'organisations', 'assessments'])
      for (const { _id } of await db
        .collection(name)
        .find({}, { projection: { _id: 1 } })
        .toArray())
        ids.add(encodeURIComponent(String(_id)));
    expect(ids.size).toBeGreaterThanOrEqual(4);
    const all = closed.filter(({ service }) => service === 'compliance');
    const asked = (some: typeof all, department: string) =>
      some.flatMap((route) =>
        (route.path.includes('{id}') ? [...ids] : ['-']).flatMap((id) =>
          roles.filter((r) => may(r, route.permission)).map((role) => ({ route, id, as: `${role} of ${department}` })),
        ),
      );
    /** The routes that show a row of the organisation to those who work for one. */
    const shown = async (department: string): Promise<string[]> => {
      for (const role of roles)
        tokens.set(`${role} of ${department}`, await platform.issuer.token(role, [role], { department }));
      const reads = asked(
        all.filter(({ method }) => method === 'GET'),
        department,
      );
      const found = await inGroups(reads, async ({ route, id, as }) => {
        const { status, body } = await call(as, route, id);
        expect(status).toBeLessThan(500);
        return JSON.stringify(body).includes(own) ? [`${route.path} ${as.split(' ')[0]}`] : [];
      });
      return [...new Set(found.flat().map((one) => one.split(' ')[0]!))].sort();
    };
    expect(await shown('000000000010')).toEqual([]);
    expect(await shown(own)).toEqual(
      expect.arrayContaining([
        ...['/v1/draft-acts', '/v1/draft-acts/{id}', '/v1/gifts', '/v1/gifts/{id}'],
        ...['/v1/organisations', '/v1/organisations/{id}', '/v1/assessments', '/v1/assessments/{id}'],
      ]),
    );
    const before = await stored();
    const writes = asked(
      all.filter(({ method, path }) => method !== 'GET' && path.includes('{id}')),
      '000000000010',
    );
    const done = await inGroups(writes, async ({ route, id, as }) => {
      const { status } = await call(as, route, id);
      return status < 300 ? [`${as} ${route.name}`] : [];
    });
    expect(done.flat()).toEqual([]);
    const after = await stored();
    for (const name of ['gifts', 'draft-acts', 'organisations', 'assessments'])
      expect(after[`compliance.${name}`]).toBe(before[`compliance.${name}`]);
  }, 120_000);
});
