import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { open, seal, type Sealed } from '@aiqyn/reporting/sealing';
import { eventually } from './harness/eventually.js';
import { openInvestigation } from './harness/investigation.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const CANARY = 'CANARY-appeal-көктем';

interface Published {
  readonly type: string;
  readonly time: string;
  readonly data: Record<string, unknown>;
}

describe('a reporting person who does not accept the outcome, or stands by the report no longer', () => {
  let platform: TestPlatform;
  const published: Published[] = [];
  let stopConsumer = (): Promise<void> => Promise.resolve();

  beforeAll(async () => {
    platform = await startPlatform('appeals', ['reporting']);
    platform.setClock('2025-03-01T06:00:00Z');
    const consumer = platform.environment.kafka.consumer({ groupId: `${platform.environment.prefix}watch` });
    await consumer.connect();
    await consumer.subscribe({ topic: `${platform.environment.prefix}reporting.events`, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        const { ce_type: type, ce_time: time } = message.headers ?? {};
        const data = JSON.parse(message.value!.toString()) as Published['data'];
        published.push({ type: String(type), time: String(time), data });
        return Promise.resolve();
      },
    });
    stopConsumer = () => consumer.disconnect();
  }, 120_000);
  afterAll(async () => {
    await stopConsumer();
    await platform?.stop();
  });

  const step = (as: string, path: string, body?: unknown): Promise<Answer> =>
    platform.call('reporting', path, { as, body, method: 'POST' });
  const citizen = (path: string, body: object): Promise<Answer> =>
    platform.call('reporting', `/v1/reports/${path}`, { body });
  const report = async (more: object = {}): Promise<{ reportId: string; receiptCode: string }> => {
    const body = { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: 'x', ...more };
    const one = (await platform.call('reporting', '/v1/reports', { body })).body as {
      reportId: string;
      receiptCode: string;
    };
    await step('intake-officer', `/v1/cases/${one.reportId}/acknowledgement`);
    await step('triage-officer', `/v1/cases/${one.reportId}/triage`);
    return one;
  };
  const reject = (reportId: string): Promise<Answer> =>
    step('triage-officer', `/v1/cases/${reportId}/rejection`, {
      reason: 'insufficient',
      feedback: 'too-little-to-go-on',
    });
  const told = async (receiptCode: string) => (await citizen('status', { receiptCode })).body as object;
  const file = async (id: string): Promise<Record<string, unknown>> =>
    (await platform.call('reporting', `/v1/cases/${id}`, { as: 'supervisor' })).body as Record<string, unknown>;
  const hear = (id: string, outcome: string, as = 'supervisor') =>
    step(as, `/v1/cases/${id}/appeal-decision`, { outcome });

  it('appeals a rejection, which another person allows: the case is in triage again, with a new clock', async () => {
    const { reportId, receiptCode } = await report();
    expect(await told(receiptCode)).not.toHaveProperty('appeal');
    const early = await citizen('appeal', { receiptCode, text: 'x' });
    expect([early.status, early.body.code]).toEqual([422, 'not_appealable']);
    await reject(reportId);
    expect(await told(receiptCode)).toMatchObject({ appeal: { state: 'possible', until: '2025-05-30' } });

    const appealId = randomUUID();
    const place = { caseId: reportId, field: `appeal/${appealId}` };
    const { enc, ciphertext } = await seal(platform.publicKey, place, `Дәлел бар. ${CANARY}`, 'client');
    const lodged = await citizen('appeal', { receiptCode, appealId, sealedText: { enc, ciphertext } });
    expect([lodged.status, lodged.body]).toEqual([201, { appealId, state: 'lodged' }]);
    expect(await told(receiptCode)).toMatchObject({
      state: 'rejected',
      appeal: { state: 'lodged', day: '2025-03-01' },
    });
    const second = await citizen('appeal', { receiptCode, text: 'x' });
    expect([second.status, second.body.code]).toEqual([409, 'already_done']);

    const list = await platform.call('reporting', `/v1/cases/${reportId}/appeals`, { as: 'supervisor' });
    const [words] = list.body.items as { text: Sealed }[];
    expect(await open(platform.privateKey, place, words!.text)).toBe(`Дәлел бар. ${CANARY}`);

    const rejecter = await platform.issuer.token('triage-officer', ['supervisor']);
    const same = await platform.call('reporting', `/v1/cases/${reportId}/appeal-decision`, {
      body: { outcome: 'allowed' },
      headers: { authorization: `Bearer ${rejecter}` },
    });
    expect([same.status, same.body.code]).toEqual([409, 'same_person']);
    platform.setClock('2025-03-20T06:00:00Z');
    await eventually(async () => expect((await hear(reportId, 'allowed')).body).toMatchObject({ state: 'in-triage' }));
    expect(await file(reportId)).toMatchObject({
      ...{ state: 'in-triage', feedback: null, feedbackBy: '2025-06-20', outcomeBy: null },
      appeal: { state: 'allowed', day: '2025-03-20', decidedBy: 'supervisor' },
    });
    expect((await hear(reportId, 'upheld')).body.code).toBe('no_appeal');
    const of = (type: string) => published.filter((p) => p.type === type && p.data['caseId'] === reportId);
    await eventually(() =>
      expect(of('reporting.case.moved.v1').map(({ data: d }) => [d['from'], d['to'], d['reason']])).toEqual([
        ['acknowledged', 'in-triage', undefined],
        ['in-triage', 'rejected', 'insufficient'],
        ['rejected', 'closed', 'appeal-allowed'],
        ['closed', 'in-triage', 'appeal-allowed'],
      ]),
    );
    expect(of('reporting.appeal.lodged.v1')).toEqual([
      expect.objectContaining({
        time: '2025-03-01T00:00:00Z',
        data: { caseId: reportId, day: '2025-03-01', against: 'rejected' },
      }),
    ]);
    expect(of('reporting.appeal.decided.v1').map((p) => p.data['outcome'])).toEqual(['allowed']);
    // Rejected once more, it may be appealed once more.
    await reject(reportId);
    expect((await citizen('appeal', { receiptCode, text: 'x' })).status).toBe(201);
  });

  it('is told when the outcome is upheld, and appeals it no second time', async () => {
    const { reportId, receiptCode } = await report();
    await openInvestigation(platform, reportId);
    const finding = { finding: 'unsubstantiated', feedback: 'no-violation-found' };
    await step('investigator', `/v1/cases/${reportId}/findings`, finding);
    await step('investigator', `/v1/cases/${reportId}/closure`, {});
    expect((await citizen('appeal', { receiptCode, text: CANARY })).status).toBe(201);
    const jumped = await step('supervisor', `/v1/cases/${reportId}/reopening`, { reason: 'new-evidence' });
    expect([jumped.status, jumped.body.code]).toEqual([422, 'appeal_open']);
    expect((await hear(reportId, 'upheld')).body).toMatchObject({ state: 'closed' });
    expect(await told(receiptCode)).toMatchObject({ state: 'closed', appeal: { state: 'upheld' } });
    expect((await citizen('appeal', { receiptCode, text: 'x' })).body.code).toBe('already_done');
  });

  it('is refused after the term, with its last day', async () => {
    const { reportId, receiptCode } = await report();
    await reject(reportId);
    platform.setClock('2025-06-19T06:00:00Z');
    await eventually(async () => {
      const late = await citizen('appeal', { receiptCode, text: 'x' });
      expect([late.status, late.body.code, late.body.detail]).toEqual([
        ...[422, 'appeal_too_late', 'the last day to appeal was 2025-06-18'],
      ]);
    });
  });

  it.each([
    [{ text: '' }, 'text'],
    [{}, 'text'],
    [{ text: 'x', appealId: 'no-uuid' }, 'appealId'],
    [{ sealedText: { enc: 'short', ciphertext: 'x' }, appealId: randomUUID() }, 'sealedText.enc'],
    [{ text: 'x', outcome: 'allowed' }, 'outcome'],
  ])('is told what is wrong with %j', async (body, field) => {
    const { status, body: problem } = await citizen('appeal', { receiptCode: '1'.repeat(26), ...body });
    expect(status).toBe(400);
    expect((problem.fields as { field: string }[]).map((f) => f.field)).toContain(field);
  });

  it('appeals being left out of a reward, by the receipt', async () => {
    const { reportId, receiptCode } = await report();
    expect((await citizen('reward-appeal', { receiptCode })).status).toBe(404);
    await openInvestigation(platform, reportId);
    const path = `/v1/cases/${reportId}`;
    await step('investigator', `${path}/findings`, { finding: 'substantiated' });
    await step('court-clerk', `${path}/proceedings`);
    await step('court-clerk', `${path}/decision`, {
      ...{ outcome: 'decided-liable', legalForceDay: '2025-03-01', offenceClass: 'minor' },
    });
    expect((await citizen('reward-appeal', { receiptCode })).body.code).toBe('illegal_transition');
    await step('reward-officer', `${path}/reward/eligibility`, { excluded: [{ reportId, reason: 'participant' }] });
    expect(await told(receiptCode)).toMatchObject({ reward: { state: 'ineligible', reason: 'participant' } });
    expect((await citizen('reward-appeal', { receiptCode })).body).toEqual({ reward: { state: 'appealed' } });
    expect(await told(receiptCode)).toMatchObject({ reward: { state: 'appealed' } });
    const heard = await step('reward-approver', `${path}/reward/appeal-decision`, { outcome: 'recalculated' });
    expect(heard.body).toMatchObject({ state: 'recalculated' });
  });

  it('withdraws: the case goes on, the office sees it, and the contact is gone if they ask for it', async () => {
    const { reportId, receiptCode } = await report({ mode: 'confidential', contact: CANARY });
    const withdraw = (body: object = {}) => citizen('withdrawal', { receiptCode, ...body });
    expect((await withdraw()).body).toEqual({ withdrawn: true, contactKept: true });
    expect(await file(reportId)).toMatchObject({ state: 'in-triage', withdrawn: true, withdrawnDay: '2025-06-19' });
    expect(await told(receiptCode)).toMatchObject({ state: 'in-triage', withdrawnDay: '2025-06-19' });
    expect((await withdraw()).body.code).toBe('already_done');
    const row = () =>
      platform.environment
        .database('reporting')
        .collection<{ _id: string; contact?: object }>('cases')
        .findOne({ _id: reportId });
    expect((await row())!.contact).toBeTruthy();
    expect((await withdraw({ forgetContact: true })).body).toEqual({ withdrawn: true, contactKept: false });
    expect((await row())!.contact).toBeNull();
    expect((await withdraw({ forgetContact: true })).body.code).toBe('already_done');
    expect((await openInvestigation(platform, reportId)).body).toMatchObject({ state: 'under-investigation' });
    await eventually(() =>
      expect(published.filter((p) => p.type === 'reporting.report.withdrawn.v1')).toEqual([
        expect.objectContaining({ time: '2025-06-19T00:00:00Z', data: { reportId, day: '2025-06-19' } }),
      ]),
    );
    const wrong = await withdraw({ forgetContact: 'yes' });
    expect([wrong.status, wrong.body.fields[0].field]).toEqual([400, 'forgetContact']);
  });

  it('leaves no word of it in stores and logs', async () => {
    const db = platform.environment.database('reporting');
    for (const { name } of await db.listCollections().toArray())
      for await (const doc of db.collection(name).find()) expect(JSON.stringify(doc)).not.toContain('CANARY');
    expect(platform.logs()).not.toContain('CANARY');
    expect(JSON.stringify(published)).not.toContain('CANARY');
  });
});
