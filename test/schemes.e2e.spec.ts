import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isIin, withBinCheckDigit } from '@aiqyn/contracts';
import { readLog } from '@aiqyn/platform';
import { eventually } from './harness/eventually.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const iin = (first11: string): string => [...'0123456789'].map((d) => first11 + d).find(isIin)!;
const bin = (first11: string): string => withBinCheckDigit(first11)!;
const [BODY, FIRST, SECOND, HOLDING] = ['05054000001', '10014000001', '10014000002', '10014000003'].map(bin) as [
  string,
  string,
  string,
  string,
];
/** What must be found nowhere: numbers and names of persons. */
const OFFICIAL = { type: 'Person', iin: iin('85010130001'), name: 'Қанат Жасырынұлы', born: '1985-01-01' };
const RELATIVE = { type: 'Person', iin: iin('87020245002'), name: 'Zhanar Zhasyrynova' };
const OWNER = { id: iin('79030330003'), name: 'Ерлан Көрінбес' };
const SECRETS = [
  ...[OFFICIAL.iin, RELATIVE.iin, OWNER.id, 'Қанат', 'Жасырын', 'анат', 'Zhanar', 'hasyryn', 'Ерлан', 'Көрінбес'],
  ...['Erlan', 'Korinbes', '770000000001', 'korinbes', 'jasirin', '1985-01-01', '1979-03-03', 'rec-erlan'],
];

const statement = (recordId: string, recordType: string, recordDetails: object, more: object = {}) => ({
  ...{ statementId: `${recordId}-statement-1`, declarationSubject: recordId, recordId, recordType, recordDetails },
  ...{ recordStatus: 'new', statementDate: '2024-01-01', publicationDetails: { bodsVersion: '0.4' } },
  ...more,
});
const company = (record: string, number: string, name: string) =>
  statement(record, 'entity', {
    ...{ isComponent: false, entityType: { type: 'registeredEntity' }, name },
    identifiers: [{ scheme: 'KZ-BIN', id: number }],
  });
const owns = (interestedParty: string, subject: string, share: object, more: object = {}) =>
  statement(
    `rel-${interestedParty}-${subject}`,
    'relationship',
    { subject, interestedParty, interests: [{ type: 'shareholding', directOrIndirect: 'direct', share }] },
    more,
  );
const OWNERSHIP = [
  owns('rec-erlan', 'rec-holding', { exact: 80 }),
  owns('rec-holding', 'rec-first', { exact: 100 }),
  // A circle: the first company owns a part of who owns it.
  owns('rec-first', 'rec-holding', { exact: 20 }),
  owns('rec-erlan', 'rec-second', { minimum: 50, maximum: 75 }),
  company('rec-first', FIRST, 'Zhol Qurylys LLP'),
  company('rec-second', SECOND, 'Dala Joly LLP'),
  statement('rec-trader', 'entity', { entityType: { type: 'legalEntity' }, name: 'ИП Жасырынов Қанат' }),
  company('rec-holding', HOLDING, 'Sary Arqa Holding LLP'),
  statement('rec-erlan', 'person', {
    ...{ isComponent: false, personType: 'knownPerson', names: [{ fullName: OWNER.name }], birthDate: '1979-03-03' },
    identifiers: [{ scheme: 'KZ-IIN', id: OWNER.id }],
  }),
];

const release = (i: number, winner: 'one' | 'two', date = '2026-02-01T00:00:00+05:00') => ({
  ...{ ocid: `ocds-scheme-${i}`, date, buyer: { id: 'body' } },
  parties: [
    { id: 'body', identifier: { scheme: 'KZ-BIN', id: BODY } },
    { id: 'one', identifier: { scheme: 'KZ-BIN', id: FIRST } },
    { id: 'two', identifier: { scheme: 'KZ-BIN', id: SECOND } },
  ],
  tender: {
    ...{ status: 'complete', procurementMethod: 'open', numberOfTenderers: 2 },
    items: [{ classification: { scheme: 'CPV', id: '45233141' } }],
  },
  bids: { details: ['one', 'two'].map((id) => ({ id, status: 'valid', tenderers: [{ id }] })) },
  awards: [
    {
      ...{ id: 'a', status: 'active', date: `2026-01-0${i}T12:00:00+05:00`, suppliers: [{ id: winner }] },
      value: { amount: 1_000_000, currency: 'KZT' },
    },
  ],
});
const about = { category: 'procurement', region: 'KZ-75', organisationBin: BODY };

interface Row {
  readonly _id: string;
  readonly code: string;
  readonly outcome: string;
  readonly nodes: Record<string, string>;
  readonly earlier?: { outcome: string }[];
}

describe('schemes over procurement, ownership and links', () => {
  let platform: TestPlatform;
  const post = (path: string, as: string, body?: unknown): Promise<Answer> =>
    platform.call('risk-analysis', path, { as, method: 'POST', ...(body === undefined ? {} : { body }) });
  const get = (path: string, as = 'analyst') => platform.call('risk-analysis', path, { as });
  const releases = (all: object[]) => post('/v1/procurement/releases?origin=generated', 'registry', { releases: all });
  const rows = () => platform.environment.database('risk-analysis').collection<Row>('schemes').find().toArray();
  const standing = async () =>
    (await rows())
      .filter((r) => r.outcome === 'triggered')
      .map((r) => r.code)
      .sort();
  const events = async (): Promise<string[]> => {
    const seen: string[] = [];
    const { kafka, prefix } = platform.environment;
    const group = `${prefix}schemes-${Math.random()}`;
    await readLog(kafka, [`${prefix}risk-analysis.events`], group, ({ envelope }) => {
      const fact = /^risk-analysis\.scheme\.(\w+)\.v1$/.exec(envelope.type)?.[1];
      if (fact) seen.push(`${envelope.subject.slice(0, 2)} ${fact}`);
    });
    return seen.sort();
  };

  beforeAll(async () => {
    platform = await startPlatform('schemes', ['reporting', 'risk-analysis']);
    const recorded = await releases([release(1, 'one'), release(2, 'two'), release(3, 'one')]);
    expect(recorded.body).toMatchObject({ recorded: 3, refused: [] });
  }, 120_000);
  afterAll(() => platform?.stop());

  it('say that data is lacking, as long as no registry told of anybody', async () => {
    const { status, body } = await post('/v1/schemes', 'analyst');
    expect(status).toBe(200);
    const said = Object.fromEntries(
      (body.patterns as { code: string; outcome: string }[]).map((p) => [p.code, p.outcome]),
    );
    expect(said).toMatchObject({ S1: 'insufficient-data', S5: 'insufficient-data', S6: 'insufficient-data' });
    expect(await rows()).toEqual([]);
    expect((await post('/v1/schemes', 'registry')).status).toBe(403);
    expect((await get('/v1/schemes', 'registry')).status).toBe(403);
  });

  it('take in ownership in any order and twice, and refuse what is no statement, with the reason', async () => {
    const path = '/v1/ownership/statements?source=open-ownership';
    const bad = { ...OWNERSHIP[0]!, recordStatus: 'gone' };
    const raw = [...OWNERSHIP, bad].map((s) => JSON.stringify(s)).join('\n');
    const ndjson = { as: 'registry', raw: { type: 'application/x-ndjson', text: `${raw}\n{` } };
    const first = await platform.call('risk-analysis', path, { ...ndjson, method: 'POST' });
    expect(first.body).toEqual({
      ...{ recorded: 9, unchanged: 0, refusedInAll: 2, lastLine: 11 },
      refused: [
        { line: 10, code: 'unknown_status', path: '/recordStatus' },
        { line: 11, code: 'not_json', path: '' },
      ],
    });
    const links = () => platform.environment.database('risk-analysis').collection('links').find().toArray();
    const before = await links();
    const again = await post(path, 'registry', [...OWNERSHIP].reverse());
    expect(again.body).toMatchObject({ recorded: 0, unchanged: 9, refused: [] });
    expect(await links()).toEqual(before);
    expect((await post('/v1/ownership/statements', 'registry', OWNERSHIP)).status).toBe(400);
    expect((await post(path, 'registry', { not: 'an array' })).body.code).toBe('not_statements');
    expect((await post(path, 'analyst', OWNERSHIP)).status).toBe(403);
    const holding = (await get(`/v1/entities/KZ-BIN-${HOLDING}`)).body;
    expect(holding).toMatchObject({ type: 'Company', names: ['Sary Arqa Holding LLP'], issues: [] });
    expect(holding.links).toHaveLength(3);
    expect((await get('/v1/entities/KZ-BIN-none')).status).toBe(404);
  });

  it('take in links line by line, and show them as of a day', async () => {
    const body = { type: 'PublicBody', bin: BODY, name: 'Roads department' };
    const first = { type: 'Company', bin: FIRST };
    const itself = { kind: 'Ownership', from: first, to: first, share: 0.1 };
    const lines = [
      { kind: 'Occupancy', from: OFFICIAL, to: body, since: '2025-01-01' },
      { kind: 'Family', from: OFFICIAL, to: RELATIVE },
      { kind: 'Ownership', from: RELATIVE, to: { type: 'Company', bin: SECOND }, share: 0.6, since: '2025-06-01' },
      itself,
      { kind: 'Ownership', from: RELATIVE, to: first, since: '2025-02-01', until: '2025-01-01' },
      { kind: 'Family', from: OFFICIAL },
      'not a link',
    ];
    const told = await post('/v1/links', 'registry', { source: 'kz-registry', links: lines });
    expect(told.body).toEqual({
      ...{ recorded: 4, unchanged: 0 },
      refused: [
        { line: 5, code: 'period_backwards', field: 'until' },
        { line: 6, code: 'missing_end', field: 'to' },
        { line: 7, code: 'not_an_object', field: 'line' },
      ],
    });
    const again = await post('/v1/links', 'registry', { source: 'kz-registry', links: lines });
    expect(again.body).toMatchObject({ recorded: 0, unchanged: 4 });
    const tooMany = Array.from({ length: 1_001 }, () => itself);
    expect((await post('/v1/links', 'registry', { source: 'kz-registry', links: tooMany })).status).toBe(400);
    expect((await post('/v1/links', 'analyst', { source: 'kz-registry', links: lines })).status).toBe(403);
    const now = (await get(`/v1/entities/KZ-BIN-${SECOND}`)).body;
    expect(now.issues).toEqual(['shares-over-100']);
    const then = (await get(`/v1/entities/KZ-BIN-${SECOND}?day=2025-05-31`)).body;
    expect([now.links.length, then.links.length, then.issues]).toEqual([2, 1, []]);
    const ofFirst = (await get(`/v1/entities/KZ-BIN-${FIRST}`)).body;
    expect(ofFirst.issues).toEqual(['shares-over-100', 'linked-to-itself']);
    expect((await get(`/v1/entities/KZ-BIN-${SECOND}?day=May`)).status).toBe(400);
    // Ended by a later word of the same source; what it said before is kept beside it.
    const ended = await post('/v1/links', 'registry', {
      source: 'kz-registry',
      links: [{ ...itself, until: '2025-12-31' }],
    });
    expect(ended.body).toMatchObject({ recorded: 1 });
    const self = (await get(`/v1/entities/KZ-BIN-${FIRST}?day=2025-12-31`)).body.links as { earlier?: object[] }[];
    expect(self.filter((l) => l.earlier)).toHaveLength(1);
  });

  it('are told once, by the same hash for the same inputs', async () => {
    const told = await post('/v1/schemes', 'analyst');
    // S7: nobody who bids owns who else bids; S6: the official owns nothing.
    expect(await standing()).toEqual(['S1', 'S5']);
    const { items } = (await get('/v1/schemes')).body as { items: Row[] };
    expect(items.map((r) => r.code)).toEqual(['S1', 'S5']);
    expect(items[0]).not.toHaveProperty('evidence');
    expect(items[0]!.nodes).toMatchObject({
      buyer: `KZ-BIN-${BODY}`,
      first: `KZ-BIN-${FIRST}`,
      second: `KZ-BIN-${SECOND}`,
    });
    const whole = (await get(`/v1/schemes/${items[0]!._id}`)).body;
    expect(whole.evidence.deals).toHaveLength(3);
    // The whole circle of ownership is part of it.
    expect(whole.evidence.links).toHaveLength(4 - 1);
    const again = await post('/v1/schemes', 'analyst');
    expect(again.body).toMatchObject({ _id: told.body._id, result: told.body.result, changed: 0 });
    await eventually(async () => expect(await events()).toEqual(['S1 detected', 'S5 detected']));
  });

  it('come to stand when a link becomes known, and no longer when a later version of a release says otherwise', async () => {
    const director = { kind: 'Directorship', from: OFFICIAL, to: { type: 'Company', bin: FIRST }, since: '2025-01-01' };
    await post('/v1/links', 'registry', { source: 'kz-registry', links: [director] });
    // Both at once: what one of them writes the other does not write again.
    const both = await Promise.all([post('/v1/schemes', 'analyst'), post('/v1/schemes', 'analyst')]);
    expect(both.map((a) => a.status).filter((status) => status !== 200 && status !== 409)).toEqual([]);
    expect(await standing()).toEqual(['S1', 'S5', 'S6']);
    await releases([release(2, 'one', '2026-03-01T00:00:00+05:00')]);
    await platform.crash('risk-analysis');
    await post('/v1/schemes', 'analyst');
    expect(await standing()).toEqual(['S5', 'S6']);
    const over = (await rows()).find((r) => r.code === 'S1')!;
    expect(over).toMatchObject({ outcome: 'not-triggered', earlier: [{ outcome: 'triggered' }] });
    const all = ['S1 cleared', 'S1 detected', 'S5 detected', 'S6 detected'];
    await eventually(async () => expect(await events()).toEqual(all));
    await post('/v1/schemes', 'analyst');
    expect(await events()).toEqual(all);
  });

  it('see two that an analyst confirmed to be the same as one, until that is undone', async () => {
    const foreign = { type: 'Person', scheme: 'RU-INN', id: '770000000001', name: 'Erlan Korinbes', born: '1979' };
    const held = { kind: 'Occupancy', from: foreign, to: { type: 'PublicBody', bin: BODY }, since: '2020-01-01' };
    await post('/v1/links', 'registry', { source: 'foreign-registry', links: [held] });
    expect((await post('/v1/matches', 'registry')).status).toBe(403);
    expect((await post('/v1/matches', 'analyst')).body).toEqual({ proposed: 1, changed: 1 });
    expect((await post('/v1/matches', 'analyst')).body).toEqual({ proposed: 1, changed: 0 });
    const [match] = (await get('/v1/matches')).body.items as {
      _id: string;
      fields: { field: string; verdict: string }[];
    }[];
    expect(match!.fields.map((f) => `${f.field} ${f.verdict}`)).toEqual([
      ...['name same', 'born agrees', 'neighbours none', 'source others'],
    ]);
    const own = async () => {
      await post('/v1/schemes', 'analyst');
      return (await standing()).filter((code) => code === 'S6').length;
    };
    // A proposal alone changes nothing.
    expect(await own()).toBe(1);
    const decide = (state: string, as = 'analyst') => post(`/v1/matches/${match!._id}/decision`, as, { state });
    expect((await decide('confirmed', 'auditor')).status).toBe(403);
    expect((await decide('merged')).status).toBe(400);
    expect((await decide('confirmed')).body).toMatchObject({ state: 'confirmed', version: 2 });
    const twice = await decide('confirmed');
    expect([twice.status, twice.body.code, twice.body.allowed]).toEqual([409, 'illegal_transition', ['proposed']]);
    // What was decided is not proposed again.
    expect((await post('/v1/matches', 'analyst')).body).toMatchObject({ changed: 0 });
    expect(await own()).toBe(2);
    await decide('proposed');
    expect(await own()).toBe(1);
    await decide('rejected');
    expect((await get('/v1/matches?state=rejected')).body.items).toHaveLength(1);
  });

  it('stand no longer when their pattern is gone', async () => {
    const [row] = await rows();
    const schemes = platform.environment.database('risk-analysis').collection<Row>('schemes');
    const past = { ...row!, _id: 'S99-of-the-past', code: 'S99', outcome: 'triggered', version: 1, events: 1 };
    await schemes.insertOne(past);
    await post('/v1/schemes', 'analyst');
    expect(await schemes.findOne({ _id: past._id })).toMatchObject({
      outcome: 'not-applicable',
      reason: 'not-in-force',
    });
    await eventually(async () => expect(await events()).toContain('S9 cleared'));
  });

  it('become a case of reporting when an analyst refers one that stands, once', async () => {
    const all = await rows();
    const [over, scheme] = [all.find((r) => r.code === 'S1')!, all.find((r) => r.code === 'S6')!];
    expect((await post(`/v1/schemes/${over._id}/referral`, 'analyst', about)).body.code).toBe('not_triggered');
    expect((await post('/v1/schemes/S1-none/referral', 'analyst', about)).status).toBe(404);
    expect((await post(`/v1/schemes/${scheme._id}/referral`, 'auditor', about)).status).toBe(403);
    const referred = await post(`/v1/schemes/${scheme._id}/referral`, 'analyst', about);
    expect(referred.status).toBe(201);
    expect((await post(`/v1/schemes/${scheme._id}/referral`, 'analyst', about)).body.code).toBe('already_done');
    await eventually(async () => {
      const file = await platform.call('reporting', `/v1/cases/${referred.body.findingId}`, { as: 'triage-officer' });
      expect(file.body).toMatchObject({
        state: 'in-triage',
        areaCode: 'roads',
        finding: { kind: 'scheme', subjectId: scheme._id },
      });
    });
  });

  it('forget who dealt with whom in a tender that is cancelled, also of a release that an older service stored', async () => {
    const db = platform.environment.database('risk-analysis');
    const deal = () => db.collection<{ _id: string }>('deals').findOne({ _id: 'ocds-scheme-4' });
    await releases([release(4, 'one')]);
    expect(await deal()).not.toBeNull();
    await db.collection<{ _id: string }>('releases').updateOne({ _id: 'ocds-scheme-4' }, { $unset: { deal: 1 } });
    const later = release(4, 'one', '2026-03-01T00:00:00+05:00');
    await releases([{ ...later, tender: { ...later.tender, status: 'cancelled' } }]);
    expect(await deal()).toBeNull();
    await releases([release(4, 'two', '2026-03-02T00:00:00+05:00')]);
    expect(await deal()).toMatchObject({ direct: false });
    await releases([{ ...later, date: '2026-03-03T00:00:00+05:00', tender: { ...later.tender, status: 'cancelled' } }]);
    expect(await deal()).toBeNull();
  });

  it('are looked for each day without anybody asking, once', async () => {
    expect(await standing()).not.toContain('S1');
    await releases([release(2, 'two', '2026-04-01T00:00:00+05:00')]);
    platform.setClock(new Date(Date.now() + 2 * 86_400_000).toISOString());
    await eventually(async () => expect(await standing()).toContain('S1'));
    const runs = () => platform.environment.database('risk-analysis').collection('scheme_runs').find().toArray();
    const before = await runs();
    // A start on the same day does not look again.
    await platform.crash('risk-analysis');
    await eventually(async () => {
      const timer = { _id: 'schemes:daily', dueAt: { $gt: new Date(Date.now() + 2 * 86_400_000) } };
      const timers = platform.environment.database('risk-analysis').collection<{ _id: string }>('timers');
      expect(await timers.findOne(timer)).not.toBeNull();
    });
    expect(await runs()).toEqual(before);
  });

  it('keep names and numbers of persons out of every collection, topic and log', async () => {
    const found: string[] = [];
    const look = (where: string, text: string): void => {
      for (const secret of SECRETS) if (text.includes(secret)) found.push(`${where}: ${secret}`);
    };
    let documents = 0;
    for (const service of ['reporting', 'risk-analysis']) {
      const db = platform.environment.database(service);
      for (const { name } of await db.listCollections().toArray())
        for await (const doc of db.collection(name).find()) {
          documents += 1;
          look(`${service}.${name}`, JSON.stringify(doc));
        }
    }
    expect(documents).toBeGreaterThan(30);
    const { kafka, prefix } = platform.environment;
    let records = 0;
    const consumer = kafka.consumer({ groupId: `${prefix}canary` });
    await consumer.connect();
    const topics = ['reporting', 'risk-analysis'].map((s) => `${prefix}${s}.events`);
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        records += 1;
        look('topic', `${String(message.key)} ${String(message.value)} ${JSON.stringify(message.headers)}`);
        return Promise.resolve();
      },
    });
    await eventually(() => expect(records).toBeGreaterThanOrEqual(9));
    await consumer.disconnect();
    const logs = platform.logs();
    expect(logs).toContain('/v1/links');
    look('log', logs);
    expect(found).toEqual([]);
  });
});
