import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '@aiqyn/local';
import { addDays, isIin, withBinCheckDigit } from '@aiqyn/contracts';
import { type Permission, PERMISSIONS, readLog } from '@aiqyn/platform';
import { eventually } from './harness/eventually.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

/** Made up numbers with right check digits. */
const iins = Array.from({ length: 10 }, (_, i) => withBinCheckDigit(`8501013001${i}`)).filter(
  (iin): iin is string => iin !== undefined && isIin(iin),
);
const [OFFICIAL, CHILD, GIVER] = iins as [string, string, string];
const [BODY, FIRM, FUND, VALUER] = ['050540000016', '000000000010', '000000000101', '000000000209'] as const;
const TEXT = 'a watch from Aigul Sarsenova';

describe('gifts', () => {
  let platform: TestPlatform;
  const call = (as: string, path: string, body?: object, subject = as): Promise<Answer> =>
    platform.issuer.token(subject, as.split('+')).then((token) =>
      platform.call('compliance', `/v1/${path}`, {
        ...(body ? { body } : {}),
        headers: { authorization: `Bearer ${token}` },
      }),
    );
  const open = (path: string): Promise<Answer> => platform.call('compliance', `/v1/${path}`);
  const given = (day: string, more: object = {}): object => ({
    ...{ officialIin: OFFICIAL, organisationBin: BODY, sector: 'state', recipient: 'official', receipt: 'knowing' },
    ...{
      receivedDay: day,
      knownDay: day,
      kind: 'thing',
      giver: { kind: 'organisation', bin: FIRM },
      estimatedValue: 0,
    },
    ...more,
  });
  const declare = async (day: string, more: object = {}): Promise<string> => {
    const { body } = await call('compliance-officer', 'gifts', given(day, more));
    expect(body).toMatchObject({
      state: 'declared',
      handOverBy: addDays((more as { knownDay?: string }).knownDay ?? day, 7),
    });
    return String(body.giftId);
  };
  /** State, or status and code of a refusal. */
  const step = async (as: string, id: string, path: string, body: object = {}, subject = as): Promise<unknown> => {
    const { status, body: answer } = await call(as, `gifts/${id}/${path}`, body, subject);
    return status === 200 ? (answer.state as string) : `${status} ${answer.code as string}`;
  };
  const events = async (giftId?: string): Promise<{ type: string; data: Record<string, unknown> }[]> => {
    const found: { type: string; data: Record<string, unknown> }[] = [];
    const { kafka, prefix } = platform.environment;
    await readLog(kafka, [`${prefix}compliance.events`], `${prefix}read-${randomUUID()}`, ({ envelope, data }) => {
      const facts = data as Record<string, unknown>;
      if (!giftId || facts['giftId'] === giftId)
        found.push({ type: envelope.type.replace(/^compliance\.gift\.|\.v1$/g, ''), data: facts });
    });
    return found;
  };
  const told = async (giftId: string): Promise<string[]> => (await events(giftId)).map(({ type }) => type);
  /** The clock of the services at noon of a day; a command of that day waits until they have seen it. */
  const today = async (day: string): Promise<void> => {
    platform.setClock(`${day}T07:00:00Z`);
    await eventually(async () => {
      const probe = await call('compliance-officer', 'gifts', given(day, { officialIin: OFFICIAL, receipt: 'x' }));
      const { body } = await call('compliance-officer', 'gifts', { ...given(day), organisationBin: GIVER });
      expect([probe.status, body.code]).toEqual([400, 'number_of_a_person']);
    });
  };
  const act = (day: string, n = 'A-1') => ({ handedOverDay: day, actNumber: n, receiverBin: FUND });
  const handOver = (id: string, day: string, n?: string) => step('compliance-officer', id, 'hand-over', act(day, n));

  beforeAll(async () => {
    platform = await startPlatform('gifts', ['reporting', 'compliance'], { LEASE_SECONDS: '3' });
    platform.setClock('2023-12-20T07:00:00Z');
    await platform.replica('compliance');
  }, 120_000);
  afterAll(() => platform?.stop());

  it('are overdue on the eighth day, each once: 200 over New Year and 29 February, crashes and two replicas', async () => {
    const cases = Array.from({ length: 200 }, (_, i) => {
      const known = addDays('2023-12-20', (i * 37) % 78);
      return { known, due: addDays(known, 8), inTime: i % 3 === 0, handOver: addDays(known, i % 8), id: '' };
    });
    for (let day = '2023-12-20'; day <= '2024-03-20'; day = addDays(day, 1)) {
      await today(day);
      for (const gift of cases.filter(({ known }) => known === day)) gift.id = await declare(day);
      for (const { id } of cases.filter(({ inTime, handOver: on }) => inTime && on === day))
        expect(await handOver(id, day)).toBe('handed-over');
      if (day === '2023-12-31' || day === '2024-02-29') await platform.crash('compliance');
    }
    const late = cases.filter(({ inTime }) => !inTime);
    await eventually(async () => {
      const overdue = (await events()).filter(({ type }) => type === 'overdue');
      expect(overdue.map(({ data }) => `${data['giftId'] as string} ${data['day'] as string}`).sort()).toEqual(
        late.map(({ id, due }) => `${id} ${due}`).sort(),
      );
    }, 60_000);
    const { items } = (await call('auditor', 'gifts?limit=200&state=overdue')).body as { items: object[] };
    expect(items).toHaveLength(late.length);
  }, 300_000);

  it('are said to be overdue once also when the hand-over comes before the timer looks', async () => {
    await today('2024-03-21');
    const id = await declare('2024-03-01');
    expect(await handOver(id, '2024-03-12')).toBe('handed-over');
    await eventually(async () => expect(await told(id)).toEqual(['declared', 'overdue', 'handed-over']));
    expect((await events(id))[2]!.data).toMatchObject({ day: '2024-03-12', daysLate: 4 });
  });

  it('go the whole way: hand-over, custody, valuation by an independent valuer, disposal', async () => {
    await today('2025-03-03');
    const id = await declare('2025-03-01', { recipient: 'family', relation: 'child', recipientIin: CHILD });
    expect(await handOver(id, '2025-02-28')).toBe('422 day_out_of_range');
    expect(await handOver(id, '2025-03-02', OFFICIAL)).toBe('400 invalid_input');
    expect(await handOver(id, '2025-03-02')).toBe('handed-over');
    await today('2025-03-10');
    const keep = (day: string, actNumber: string, holderBin: string = VALUER) =>
      step('gift-keeper', id, 'custody', { day, actNumber, holderBin });
    expect(await keep('2025-03-05', 'A-2')).toBe('handed-over');
    expect(await keep('2025-03-04', 'A-3', FUND)).toBe('422 day_out_of_range');
    expect(await keep('2025-03-06', 'A-2', FUND)).toBe('409 already_done');
    const value = (subject: string, valuerBin: string = VALUER, as = 'gift-valuer') =>
      step(as, id, 'valuation', { valuedDay: '2025-03-06', value: 5_000_000, valuerBin, reportNumber: 'V-1' }, subject);
    expect(await value('compliance-officer')).toBe('409 same_person');
    expect(await value('gift-valuer', BODY)).toBe('422 not_independent');
    expect(await value('gift-valuer')).toBe('valued');
    const dispose = (subject: string, price: number, disposedDay = '2025-03-10') =>
      step('gift-keeper', id, 'disposal', { disposedDay, method: 'buy-back', actNumber: 'D-1', price }, subject);
    expect(await dispose('gift-valuer', 5_000_000)).toBe('409 same_person');
    expect(await dispose('gift-keeper', 4_999_999)).toBe('422 wrong_price');
    expect(await dispose('gift-keeper', 5_000_000, '2025-03-05')).toBe('422 day_out_of_range');
    expect(await dispose('gift-keeper', 5_000_000)).toBe('disposed');
    const { body } = await call('auditor', `gifts/${id}`);
    expect(body).toMatchObject({
      state: 'disposed',
      relation: 'child',
      custody: [{ actNumber: 'A-1' }, { actNumber: 'A-2' }],
    });
    expect(body.officialId).toMatch(/^[0-9a-f]{32}$/);
    await eventually(async () => expect(await told(id)).toEqual(['declared', 'handed-over', 'valued', 'disposed']));
    expect(await step('compliance-officer', id, 'return', { returnedDay: '2025-03-02', actNumber: 'R-1' })).toBe(
      '409 illegal_transition',
    );
  });

  it('that the state refuses is 409 with what is allowed, and audited', async () => {
    const id = await declare('2025-03-09');
    const { status, body } = await call('gift-inquirer', `gifts/${id}/inquiry`, {});
    expect([status, body.code, body.allowed]).toEqual([
      409,
      'illegal_transition',
      ['exemption-review', 'returned', 'handed-over', 'overdue'],
    ]);
    const audit = platform.environment.database('compliance').collection<{ entries: object[] }>('journal');
    const rows = await audit.find({ 'entries.resource': id }).toArray();
    expect(rows.flatMap(({ entries }) => entries)).toContainEqual({
      ...{
        actor: 'gift-inquirer',
        action: 'gift:inquire',
        resource: id,
        outcome: 'refused',
        reason: 'illegal_transition',
      },
    });
    expect(await step('compliance-officer', id, 'return', { returnedDay: '2025-03-10', actNumber: 'R-1' })).toBe(
      '422 return_not_allowed',
    );
  });

  it('for merit may be kept when another person finds so, and the term never stops', async () => {
    const [granted, denied, slow] = [
      await declare('2025-03-10'),
      await declare('2025-03-10'),
      await declare('2025-03-10'),
    ];
    const claim = { ground: 'merit', documentNumber: 'DIPLOMA/7' };
    const { body } = await call('compliance-officer+gift-reviewer', `gifts/${granted}/exemption-claim`, claim, 'anna');
    expect(body).toMatchObject({ state: 'exemption-review', dueDay: '2025-03-17' });
    for (const id of [denied, slow])
      expect(await step('compliance-officer', id, 'exemption-claim', claim)).toBe('exemption-review');
    expect(await step('gift-reviewer', granted, 'exemption-grant', {}, 'anna')).toBe('409 same_person');
    expect(await step('gift-reviewer', granted, 'exemption-grant', {}, 'compliance-officer')).toBe('409 same_person');
    expect(await step('gift-reviewer', granted, 'exemption-grant')).toBe('exempt');
    expect(await step('gift-reviewer', denied, 'exemption-denial', { reason: TEXT })).toBe('400 invalid_input');
    expect(await step('gift-reviewer', denied, 'exemption-denial', { reason: 'by-reason-of-office' })).toBe('declared');
    platform.setClock('2025-03-17T19:00:01Z');
    await eventually(async () => {
      expect(await told(denied)).toEqual(['declared', 'exemption-claimed', 'exemption-denied', 'overdue']);
      expect(await told(slow)).toEqual(['declared', 'exemption-claimed', 'overdue']);
    });
    expect(await told(granted)).toEqual(['declared', 'exemption-claimed', 'exempted']);
    expect(await step('gift-reviewer', slow, 'exemption-grant')).toBe('409 illegal_transition');
  });

  it('not handed over are inquired by one person and decided by another; the breach names the body, not the person', async () => {
    const [kept, returned] = [await declare('2025-03-01'), await declare('2025-03-01')];
    for (const id of [kept, returned]) {
      const { body } = await call('gift-inquirer+gift-decider', `gifts/${id}/inquiry`, {}, 'boris');
      expect(body).toMatchObject({ state: 'breach-review', dueDay: '2025-04-17' });
    }
    const decide = (id: string, outcome: string, reason: string, subject?: string) =>
      step('gift-decider', id, 'inquiry-decision', { outcome, reason }, subject);
    expect(await decide(kept, 'confirmed', 'merit-proven')).toBe('422 bad_reason');
    expect(await decide(kept, 'confirmed', 'not-handed-over', 'boris')).toBe('409 same_person');
    // The office lets its own term pass: said once.
    platform.setClock('2025-04-17T19:00:01Z');
    await eventually(async () => expect((await told(kept)).at(-1)).toBe('step-late'));
    expect(await decide(kept, 'confirmed', 'not-handed-over')).toBe('breach');
    expect(await decide(kept, 'confirmed', 'not-handed-over')).toBe('409 illegal_transition');
    expect(await decide(returned, 'dismissed', 'could-not-act')).toBe('closed');
    await eventually(async () => {
      const all = await events(kept);
      expect(all.map(({ type }) => type)).toEqual([
        'declared',
        'overdue',
        'breach-opened',
        'step-late',
        'breach-confirmed',
      ]);
      expect(all[4]!.data).toEqual({
        ...{ giftId: kept, day: '2025-04-18', organisationBin: BODY, sector: 'state', reason: 'not-handed-over' },
        policy: 'gifts-kz-2020',
      });
    });
    expect(await handOver(kept, '2025-04-18')).toBe('handed-over');
  });

  it('that were refused say nothing of the official, are counted by body, and the giver goes an own way', async () => {
    await today('2025-05-05');
    const offer = {
      ...{ organisationBin: FUND, sector: 'quasi-public', offeredDay: '2025-05-04', kind: 'money', estimatedValue: 1 },
      giver: { kind: 'person', iin: GIVER },
    };
    const { status, body } = await call('compliance-officer', 'gifts/refusals', offer);
    expect([status, body.state]).toEqual([201, 'refused']);
    expect((await call('compliance-officer', 'gifts/refusals', { ...offer, officialIin: OFFICIAL })).status).toBe(400);
    const stored = (await call('auditor', `gifts/${body.giftId as string}`)).body;
    expect(Object.keys(stored as object).filter((field) => /official|recipient/.test(field))).toEqual([]);
    const giver = (outcome: string, reason: string, subject?: string) =>
      step('gift-decider', body.giftId as string, 'giver-decision', { outcome, reason }, subject);
    expect(await giver('referred', 'official-event')).toBe('422 bad_reason');
    expect(await giver('referred', 'offered-by-reason-of-office', 'compliance-officer')).toBe('409 same_person');
    expect(await giver('referred', 'offered-by-reason-of-office')).toBe('refused');
    expect(await giver('no-grounds', 'official-event')).toBe('409 already_done');
    expect((await call('auditor', `gifts/${body.giftId as string}`)).body.giverDecision).toMatchObject({
      ...{ article: 'CAO-676', fineUpTo: 200 * 393_200 },
    });
    await eventually(async () =>
      expect((await open('gift-register/numbers')).body.items).toContainEqual({
        ...{ organisationBin: FUND, year: '2025', state: 'refused', count: 1 },
      }),
    );
  });

  it('are put right by another person; the register shows what stood before', async () => {
    const id = await declare('2025-05-05');
    const fix = { reason: 'giver-found', giver: { kind: 'person', iin: GIVER }, estimatedValue: 700 };
    const correct = (body: object, subject?: string) => step('gift-reviewer', id, 'correction', body, subject);
    expect(await correct(fix, 'compliance-officer')).toBe('409 same_person');
    expect(await correct({ reason: 'typing-error', kind: 'thing' })).toBe('422 nothing_changed');
    expect(await correct(fix)).toBe('declared');
    await eventually(async () => {
      const { body } = await open(`gift-register/${id}`);
      expect(body).toMatchObject({ version: 2, corrections: 1, giverKind: 'person', estimatedValue: 700 });
      expect(body.giverBin).toBeUndefined();
      expect((body.versions as { set: object }[]).map(({ set }) => set)).toEqual([
        expect.objectContaining({ giverBin: FIRM, estimatedValue: 0 }),
        { giverKind: 'person', estimatedValue: 700 },
      ]);
    });
  });

  it('that a report names are declared or closed by an officer; nothing is published of a suspicion', async () => {
    const report = { category: 'gift', areaCode: 'roads', region: 'KZ-75', narrative: TEXT };
    const cases: string[] = [];
    const office = (as: string, id: string, path: string, body: object = {}) =>
      platform.call('reporting', `/v1/cases/${id}/${path}`, { as, body });
    for (let i = 0; i < 2; i += 1) {
      const { reportId } = (await platform.call('reporting', '/v1/reports', { body: report })).body as {
        reportId: string;
      };
      await office('intake-officer', reportId, 'acknowledgement');
      await office('triage-officer', reportId, 'triage');
      await office('triage-officer', reportId, 'investigation-proposal');
      await office('supervisor', reportId, 'assignment', { assignees: ['investigator'] });
      expect((await office('supervisor', reportId, 'investigation')).status).toBe(200);
      cases.push(reportId);
    }
    const ids = await eventually(async () => {
      const { items } = (await call('auditor', 'gifts?state=suspected')).body as { items: { _id: string }[] };
      expect(items).toHaveLength(2);
      expect(cases.some((id) => JSON.stringify(items).includes(id))).toBe(false);
      return items.map(({ _id }) => _id);
    });
    const [found, none] = ids as [string, string];
    expect(cases).toContain((await call('compliance-officer', `gifts/${found}/suspicion`)).body.caseId);
    expect((await call('auditor', `gifts/${found}/suspicion`)).status).toBe(403);
    expect(await step('compliance-officer', none, 'no-gift', { reason: 'no-gift' })).toBe('closed');
    expect(await step('compliance-officer', found, 'declaration', given('2025-05-05'))).toBe('declared');
    expect(await step('compliance-officer', found, 'declaration', given('2025-05-05'))).toBe('409 already_done');
    await eventually(async () => expect(await told(found)).toEqual(['declared']));
    expect(await told(none)).toEqual([]);
    platform.setClock('2025-05-12T19:00:01Z');
    await eventually(async () => expect(await told(found)).toEqual(['declared', 'overdue']));
    expect((await open(`gift-register/${none}`)).status).toBe(404);
  });

  it('are declared once under one Idempotency-Key', async () => {
    const token = await platform.issuer.token('compliance-officer', ['compliance-officer']);
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() };
    const again = () => platform.call('compliance', '/v1/gifts', { body: given('2025-05-05'), headers });
    const [one, two] = [await again(), await again()];
    expect(two.body).toEqual(one.body);
  });

  it('are handled by each role only as the policy says', async () => {
    const id = await declare('2025-05-05');
    const gift = `gifts/${id}`;
    const routes: [Permission, string, object?][] = [
      ['gift:declare', 'gifts', {}],
      ['gift:declare', 'gifts/refusals', {}],
      ['gift:declare', `${gift}/declaration`, {}],
      ['gift:declare', `${gift}/suspicion`],
      ['gift:declare', `${gift}/no-gift`, {}],
      ['gift:declare', `${gift}/exemption-claim`, {}],
      ['gift:read', 'gifts'],
      ['gift:read', gift],
      ['gift:hand-over', `${gift}/hand-over`, {}],
      ['gift:hand-over', `${gift}/return`, {}],
      ['gift:review', `${gift}/exemption-grant`, {}],
      ['gift:review', `${gift}/exemption-denial`, {}],
      ['gift:review', `${gift}/correction`, {}],
      ['gift:keep', `${gift}/custody`, {}],
      ['gift:value', `${gift}/valuation`, {}],
      ['gift:dispose', `${gift}/disposal`, {}],
      ['gift:inquire', `${gift}/inquiry`, {}],
      ['gift:decide', `${gift}/inquiry-decision`, {}],
      ['gift:decide', `${gift}/giver-decision`, {}],
    ];
    // A route that is not asked here would be asked by nobody.
    const { paths } = (await platform.call('compliance', '/openapi.json')).body as { paths: Record<string, object> };
    const known = Object.entries(paths).filter(([path]) => path.startsWith('/v1/gifts'));
    expect(known.flatMap(([, methods]) => Object.keys(methods))).toHaveLength(routes.length);
    for (const role of new Set(Object.values(PERMISSIONS).flat()))
      for (const [permission, path, body] of routes) {
        const { status } = await call(role, path, body);
        const allowed = (PERMISSIONS[permission] as readonly string[]).includes(role);
        expect([role, path, status === 403]).toEqual([role, path, !allowed]);
      }
    for (const [, path, body] of routes)
      expect((await platform.call('compliance', `/v1/${path}`, { body })).status).toBe(401);
    expect((await call('auditor', `gifts/${randomUUID()}`)).status).toBe(404);
  }, 60_000);

  it('are known to who works for one organisation only when they are of it, on every route', async () => {
    const id = await declare('2025-05-05');
    const roles = [
      ...new Set(Object.entries(PERMISSIONS).flatMap(([name, who]) => (name.startsWith('gift:') ? who : []))),
    ];
    const as = async (department: string, path: string, body?: object): Promise<Answer> => {
      const headers = { authorization: `Bearer ${await platform.issuer.token('anna', roles, { department })}` };
      return platform.call('compliance', `/v1/${path}`, { ...(body ? { body } : {}), headers });
    };
    const day = '2025-05-12';
    const routes: [string, object?][] = [
      [''],
      ['/exemption-claim', { ground: 'merit', documentNumber: 'D' }],
      ['/exemption-grant', {}],
      ['/exemption-denial', { reason: 'no-document' }],
      ['/hand-over', act('2025-05-06')],
      ['/return', { returnedDay: day, actNumber: 'R' }],
      ['/custody', { day, actNumber: 'C', holderBin: FUND }],
      ['/valuation', { valuedDay: day, value: 1, valuerBin: VALUER, reportNumber: 'V' }],
      ['/disposal', { disposedDay: day, method: 'state-use', actNumber: 'D' }],
      ['/inquiry', {}],
      ['/inquiry-decision', { outcome: 'dismissed', reason: 'data-wrong' }],
      ['/giver-decision', { outcome: 'no-grounds', reason: 'official-event' }],
      ['/correction', { reason: 'typing-error', kind: 'trip' }],
      ['/declaration', given('2025-05-05', { organisationBin: FIRM })],
      ['/no-gift', { reason: 'no-gift' }],
    ];
    for (const [path, body] of routes) {
      expect([path, (await as(FIRM, `gifts/${id}${path}`, body)).status]).toEqual([path, 404]);
      if (path !== '/declaration')
        expect([path, (await as(BODY, `gifts/${id}${path}`, body)).status]).not.toEqual([path, 404]);
    }
    const bodies = async (department: string) =>
      new Set(
        ((await as(department, 'gifts?limit=200')).body.items as { organisationBin: string }[]).map(
          (g) => g.organisationBin,
        ),
      );
    expect([...(await bodies(FIRM))]).toEqual([]);
    expect([...(await bodies(BODY))]).toEqual([BODY]);
    expect((await as(FIRM, 'gifts', given('2025-05-05'))).body.code).toBe('other_organisation');
    const suspected = (await call('auditor', 'gifts?limit=200&state=closed')).body.items as {
      _id: string;
      suspicion?: string;
    }[];
    const closed = suspected.find(({ suspicion }) => suspicion)!._id;
    expect((await as(BODY, `gifts/${closed}`)).status).toBe(404);
    expect((await as(BODY, `gifts/${closed}/suspicion`)).status).toBe(404);
  }, 60_000);

  it('have a public register, page by page and as a table, that Kafka gives again byte for byte', async () => {
    const { environment, issuer, dir } = platform;
    const rebuild = async (...args: string[]) => {
      const tool = join(ROOT, 'services/compliance/dist/gifts/publish-gifts/rebuild.js');
      const run = promisify(execFile)(process.execPath, [tool, '--json', '--out', dir, ...args], {
        env: { PATH: process.env['PATH'], ...environment.env('compliance', issuer.url) },
      });
      const { stdout } = await run.catch((error: { stdout: string }) => error);
      return JSON.parse(stdout) as { equal: boolean; live: object; rebuilt: object };
    };
    // What is due is said, and what is said has arrived: from here on nothing moves.
    await eventually(async () => {
      for (const state of ['declared', 'exemption-review'])
        expect((await call('auditor', `gifts?state=${state}`)).body.items).toEqual([]);
      expect((await rebuild('--verify')).equal).toBe(true);
    }, 60_000);
    const ids: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await open(`gift-register?limit=50${cursor && `&cursor=${cursor}`}`);
      ids.push(...(body.items as { giftId: string }[]).map(({ giftId }) => giftId));
      if (!body.nextCursor) break;
      cursor = body.nextCursor as string;
    }
    expect(new Set(ids).size).toBe(ids.length);
    const csv = await open('gift-register.csv');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(String(csv.body).trim().split('\r\n')).toHaveLength(ids.length + 1);
    const outcome = await rebuild('--verify');
    expect(outcome.rebuilt).toEqual(outcome.live);
    expect(readFileSync(join(dir, 'gift-register.csv'), 'utf8')).toBe(csv.body);
    const json = JSON.parse(readFileSync(join(dir, 'gift-register.json'), 'utf8')) as { giftId: string }[];
    expect(json.map(({ giftId }) => giftId)).toEqual(ids);
    // A row that somebody changes in the database is noticed, and what Kafka holds put in its place.
    const register = environment.database('compliance').collection<{ _id: string }>('gift_register');
    await register.updateOne({ _id: ids[0]! }, { $set: { 'versions.0.set.organisationBin': VALUER } });
    expect((await rebuild('--verify')).equal).toBe(false);
    expect((await rebuild()).equal).toBe(false);
    expect((await rebuild('--verify')).equal).toBe(true);
    expect((await open('gift-register.csv')).body).toBe(csv.body);
  }, 120_000);

  it('keep the numbers of persons and what was written out of every collection, topic and log', async () => {
    const canaries = [...iins, TEXT, 'Aigul'];
    const kept: string[] = [];
    let rows = 0;
    const db = platform.environment.database('compliance');
    for (const { name } of await db.listCollections().toArray())
      for await (const row of db.collection(name).find()) {
        rows += 1;
        if (canaries.some((canary) => JSON.stringify(row).includes(canary))) kept.push(name);
      }
    const log = JSON.stringify(await events());
    const files = platform.logs();
    expect([rows > 400, log.length > 50_000, files.includes('"route":"/v1/gifts"')]).toEqual([true, true, true]);
    if (canaries.some((canary) => log.includes(canary))) kept.push('topic');
    if (canaries.some((canary) => files.includes(canary))) kept.push('log');
    expect(kept).toEqual([]);
    // Nor does a keyed id of a person travel.
    const { officialId } = (await db
      .collection<{ officialId: string }>('gifts')
      .findOne({ officialId: { $exists: true } }))!;
    expect(log).not.toContain(officialId);
  });
});
