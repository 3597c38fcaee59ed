import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './harness/eventually.js';
import { openInvestigation } from './harness/investigation.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

interface Published {
  readonly type: string;
  readonly data: { readonly caseId?: string; readonly to?: string; readonly deadline?: string; readonly day?: string };
}

describe('a case', () => {
  let platform: TestPlatform;
  const published: Published[] = [];

  beforeAll(async () => {
    platform = await startPlatform('cases', ['reporting']);
    platform.setClock('2025-03-01T06:00:00Z');
    const consumer = platform.environment.kafka.consumer({ groupId: `${platform.environment.prefix}watch` });
    await consumer.connect();
    await consumer.subscribe({ topic: `${platform.environment.prefix}reporting.events`, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        published.push({
          type: String(message.headers?.['ce_type']),
          data: JSON.parse(message.value!.toString()) as Published['data'],
        });
        return Promise.resolve();
      },
    });
    stopConsumer = () => consumer.disconnect();
  }, 120_000);
  let stopConsumer = (): Promise<void> => Promise.resolve();
  afterAll(async () => {
    await stopConsumer();
    await platform?.stop();
  });

  const step = (as: string, path: string, body?: unknown): Promise<Answer> =>
    platform.call('reporting', path, { as, body, method: 'POST' });
  const file = async (id: string): Promise<Record<string, unknown>> =>
    (await platform.call('reporting', `/v1/cases/${id}`, { as: 'supervisor' })).body as Record<string, unknown>;
  const told = async (receiptCode: string): Promise<unknown> =>
    (await platform.call('reporting', '/v1/reports/status', { body: { receiptCode } })).body;
  const report = async (): Promise<{ reportId: string; receiptCode: string }> => {
    const body = { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: 'x' };
    return (await platform.call('reporting', '/v1/reports', { body })).body as never;
  };
  const inTriage = async (): Promise<{ reportId: string; receiptCode: string }> => {
    const one = await report();
    expect((await step('intake-officer', `/v1/cases/${one.reportId}/acknowledgement`)).status).toBe(200);
    expect((await step('triage-officer', `/v1/cases/${one.reportId}/triage`)).status).toBe(200);
    return one;
  };
  const investigated = async (): Promise<{ reportId: string; receiptCode: string }> => {
    const one = await inTriage();
    expect((await openInvestigation(platform, one.reportId)).status).toBe(200);
    return one;
  };
  const movesOf = (caseId: string): (string | undefined)[] =>
    published.filter((p) => p.type === 'reporting.case.moved.v1' && p.data.caseId === caseId).map((p) => p.data.to);

  it('rests for a reason until a day, goes on, and ends with word to the reporting person', async () => {
    const { reportId, receiptCode } = await investigated();
    const path = `/v1/cases/${reportId}`;
    const past = await step('investigator', `${path}/suspension`, {
      reason: 'awaits-expert-opinion',
      reviewDay: '2025-03-01',
    });
    expect([past.status, past.body.fields[0].field]).toEqual([422, 'reviewDay']);
    const rest = { reason: 'awaits-expert-opinion', reviewDay: '2025-04-01' };
    expect((await step('investigator', `${path}/suspension`, rest)).body).toMatchObject({ state: 'suspended' });
    expect((await step('investigator', `${path}/resumption`, { reason: 'new-fact' })).body).toMatchObject({
      state: 'under-investigation',
    });
    const silent = await step('investigator', `${path}/findings`, { finding: 'unsubstantiated' });
    expect([silent.status, silent.body.fields[0].field]).toEqual([400, 'feedback']);
    await step('investigator', `${path}/findings`, { finding: 'unsubstantiated', feedback: 'no-violation-found' });
    expect(await told(receiptCode)).toMatchObject({
      state: 'unsubstantiated',
      feedback: { code: 'no-violation-found', day: '2025-03-01' },
    });
    expect((await step('investigator', `${path}/closure`, {})).body).toMatchObject({ state: 'closed' });
    await eventually(() =>
      expect(movesOf(reportId)).toEqual(['in-triage', 'suspended', 'under-investigation', 'unsubstantiated', 'closed']),
    );
  });

  it('is investigated only when somebody is assigned and another person than who proposed it approves', async () => {
    const { reportId } = await inTriage();
    const approve = async (as = 'supervisor'): Promise<unknown[]> => {
      const headers = { authorization: `Bearer ${await platform.issuer.token(as, ['supervisor'])}` };
      const { status, body } = await platform.call('reporting', `/v1/cases/${reportId}/investigation`, {
        method: 'POST',
        headers,
      });
      return [status, (body.code ?? body.state) as unknown];
    };
    const propose = () => step('triage-officer', `/v1/cases/${reportId}/investigation-proposal`);
    expect(await approve()).toEqual([422, 'no_proposal']);
    expect((await step('triage-officer', `/v1/cases/${reportId}/investigation`)).status).toBe(403);
    expect((await propose()).body).toMatchObject({ proposedBy: 'triage-officer' });
    expect((await propose()).body.code).toBe('already_done');
    expect(await approve('triage-officer')).toEqual([409, 'same_person']);
    expect(await approve()).toEqual([422, 'no_assignee']);
    await step('supervisor', `/v1/cases/${reportId}/assignment`, { assignees: ['investigator'] });
    expect(await approve()).toEqual([200, 'under-investigation']);
    expect((await propose()).status).toBe(404);
    expect(await file(reportId)).toMatchObject({ proposal: null, state: 'under-investigation' });
  });

  it('is not closed without a word to the reporting person, and is reopened with a new clock', async () => {
    const { reportId } = await investigated();
    const path = `/v1/cases/${reportId}`;
    await step('investigator', `${path}/findings`, { finding: 'substantiated' });
    await step('court-clerk', `${path}/proceedings`);
    await step('court-clerk', `${path}/decision`, { outcome: 'decided-not-liable', legalForceDay: '2025-03-01' });
    const silent = await step('investigator', `${path}/closure`, {});
    expect([silent.status, silent.body.code]).toEqual([422, 'feedback_missing']);
    await step('investigator', `${path}/closure`, { feedback: 'decided-by-a-court' });
    expect(await file(reportId)).toMatchObject({ state: 'closed', watch: null });
    expect((await step('investigator', `${path}/reopening`, { reason: 'new-evidence' })).status).toBe(403);
    await step('supervisor', `${path}/reopening`, { reason: 'court-remand' });
    expect(await file(reportId)).toMatchObject({
      state: 'in-triage',
      feedback: null,
      feedbackBy: '2025-06-01',
      watch: { day: '2025-05-17', deadline: 'feedback', kind: 'reminder' },
    });
  });

  it('goes to the body whose remit it is, and the reporting person is told', async () => {
    const { reportId, receiptCode } = await inTriage();
    const odd = await step('triage-officer', `/v1/cases/${reportId}/referral`, { to: 'somebody' });
    expect([odd.status, odd.body.code]).toEqual([422, 'unknown_body']);
    await step('triage-officer', `/v1/cases/${reportId}/referral`, { to: 'general-prosecutor' });
    expect(await told(receiptCode)).toMatchObject({
      state: 'referred',
      feedback: { code: 'referred-to-another-body' },
    });
  });

  it('takes in others about the same, whose receipts tell its state, also when it is merged itself', async () => {
    const [first, second, lead] = [await inTriage(), await inTriage(), await investigated()];
    const merge = (id: string, into: string) => step('triage-officer', `/v1/cases/${id}/merger`, { into });
    expect((await merge(first.reportId, second.reportId)).body).toMatchObject({ state: 'merged' });
    // Into itself, into one that is merged, and a second time: each is refused, and none changes anything.
    expect((await merge(second.reportId, second.reportId)).body.code).toBe('cannot_lead');
    expect((await merge(second.reportId, first.reportId)).body.code).toBe('cannot_lead');
    expect((await merge(first.reportId, lead.reportId)).body).toMatchObject({
      code: 'illegal_transition',
      allowed: [],
    });
    expect((await merge(second.reportId, randomUUID())).status).toBe(404);
    expect((await merge(second.reportId, lead.reportId)).status).toBe(200);
    expect(await told(first.receiptCode)).toMatchObject({ state: 'under-investigation' });
    expect(((await file(lead.reportId))['mergedFrom'] as { caseId: string }[]).map((m) => m.caseId).sort()).toEqual(
      [first.reportId, second.reportId].sort(),
    );
    await step('investigator', `/v1/cases/${lead.reportId}/findings`, { finding: 'substantiated' });
    expect([await told(first.receiptCode), await told(second.receiptCode), await told(lead.receiptCode)]).toEqual(
      Array.from({ length: 3 }, () => expect.objectContaining({ state: 'substantiated' })),
    );
  });

  it('whose reporting person is made to suffer for it is flagged until the complaint is closed', async () => {
    const { reportId, receiptCode } = await inTriage();
    const lodged = await platform.call('reporting', '/v1/reports/retaliation-complaints', {
      body: { receiptCode, kind: 'dismissal', account: 'CANARY-retaliation' },
    });
    expect([lodged.status, lodged.body.state]).toEqual([201, 'lodged']);
    const { complaintId } = lodged.body as { complaintId: string };
    expect(await file(reportId)).toMatchObject({ retaliationOpen: true });
    const path = `/v1/cases/${reportId}/retaliation-complaints`;
    const move = (to: string, body?: object) => step('protection-officer', `${path}/${complaintId}/${to}`, body);
    expect((await move('protection', { measure: 'witness-protection' })).body.allowed).toEqual(['assessed']);
    expect((await move('assessment')).body).toMatchObject({ state: 'assessed' });
    expect((await move('protection', { measure: 'representative-in-commission' })).status).toBe(200);
    expect((await move('monitoring')).status).toBe(200);
    expect((await move('closure')).status).toBe(200);
    expect(await file(reportId)).toMatchObject({ retaliationOpen: false });
    const other = await investigated();
    const foreign = `/v1/cases/${other.reportId}/retaliation-complaints/${complaintId}/closure`;
    expect((await step('protection-officer', foreign)).status).toBe(404);
    const list = await platform.call('reporting', path, { as: 'protection-officer' });
    expect(list.body.items).toMatchObject([{ kind: 'dismissal', state: 'closed', account: { by: 'service' } }]);
    expect(JSON.stringify(list.body)).not.toContain('CANARY');
    await eventually(() =>
      expect(published.filter((p) => p.type.startsWith('reporting.retaliation.')).map((p) => p.data.to)).toEqual([
        undefined,
        'assessed',
        'protected',
        'monitored',
        'closed',
      ]),
    );
  });

  it('audits what its state refuses', async () => {
    const { reportId } = await report();
    const illegal = await step('court-clerk', `/v1/cases/${reportId}/proceedings`);
    expect([illegal.status, illegal.body.code, illegal.body.allowed]).toEqual([
      409,
      'illegal_transition',
      ['acknowledged'],
    ]);
    const rows = await platform.environment
      .database('reporting')
      .collection<{ entries: object[] }>('journal')
      .find({ 'entries.resource': reportId })
      .toArray();
    expect(rows.flatMap((r) => r.entries)).toContainEqual({
      ...{ actor: 'court-clerk', action: 'case:decide', resource: reportId },
      ...{ outcome: 'refused', reason: 'illegal_transition' },
    });
  });

  it('shows no office what is sealed', async () => {
    const { reportId } = await report();
    for (const path of [`/v1/cases/${reportId}`, '/v1/cases?limit=200&state=received']) {
      const { status, body } = await platform.call('reporting', path, { as: 'triage-officer' });
      expect(status).toBe(200);
      for (const secret of ['ciphertext', 'receiptVerifier']) expect(JSON.stringify(body)).not.toContain(secret);
    }
  });

  describe('that nobody acts on', () => {
    const deadlinesOf = (caseId: string): string[] =>
      published
        .filter((p) => p.type.startsWith('reporting.deadline.') && p.data.caseId === caseId)
        .map((p) => `${p.type.split('.')[2]} ${p.data.deadline} ${p.data.day}`);

    it('is reminded of, then missed, each once, across a crash and two replicas', async () => {
      const { reportId } = await report();
      await platform.replica('reporting');
      platform.setClock('2025-03-05T06:00:00Z');
      await eventually(() => expect(deadlinesOf(reportId)).toEqual(['near acknowledgement 2025-03-05']));
      await platform.crash('reporting');
      // Four days in one go: the service was down when the deadline ran out.
      platform.setClock('2025-03-09T06:00:00Z');
      await eventually(() =>
        expect(deadlinesOf(reportId)).toEqual(['near acknowledgement 2025-03-05', 'missed acknowledgement 2025-03-09']),
      );
      const overdue = async () =>
        (await platform.call('reporting', '/v1/cases?overdue=acknowledgement&limit=200', { as: 'supervisor' })).body
          .items as { _id: string }[];
      expect((await overdue()).map((c) => c._id)).toContain(reportId);
      await step('intake-officer', `/v1/cases/${reportId}/acknowledgement`);
      expect((await overdue()).map((c) => c._id)).not.toContain(reportId);
      expect(await file(reportId)).toMatchObject({ feedbackBy: '2025-06-09', overdue: null });
    }, 90_000);

    it('takes the longer term with a reason, once', async () => {
      const { reportId } = await inTriage();
      const early = await report();
      const extend = (id: string) => step('supervisor', `/v1/cases/${id}/extension`, { reason: 'foreign-assistance' });
      expect((await extend(early.reportId)).body.code).toBe('not_acknowledged');
      expect((await step('supervisor', `/v1/cases/${reportId}/extension`, {})).status).toBe(400);
      expect((await extend(reportId)).body).toMatchObject({ feedbackBy: '2025-09-09' });
      expect((await extend(reportId)).body.code).toBe('already_done');
      platform.setClock('2025-06-10T06:00:00Z');
      await eventually(() => expect(deadlinesOf(early.reportId)).toContain('missed acknowledgement 2025-03-17'));
      expect(deadlinesOf(reportId)).toEqual([]);
      platform.setClock('2025-09-10T06:00:00Z');
      await eventually(() =>
        expect(deadlinesOf(reportId)).toEqual(['near feedback 2025-08-25', 'missed feedback 2025-09-10']),
      );
    }, 90_000);
  });

  it('is counted in the year’s statistics, published once when the year is over, with no count of a few persons', async () => {
    const publish = () => step('editor', '/v1/statistics/2025');
    const early = await publish();
    expect([early.status, early.body.code]).toEqual([422, 'year_not_over']);
    expect((await platform.call('reporting', '/v1/statistics/2025')).status).toBe(404);
    platform.setClock('2026-01-02T06:00:00Z');
    await eventually(async () => expect((await publish()).status).toBe(201));
    const again = await publish();
    expect([again.status, again.body.code]).toEqual([409, 'already_done']);
    const { body } = await platform.call('reporting', '/v1/statistics/2025');
    const tables = body.tables as Record<string, { total: number; cells: Record<string, number | null> }>;
    const stored = await platform.environment.database('reporting').collection('cases').countDocuments();
    expect(Object.values(tables).map((t) => t.total)).toEqual(Array.from({ length: 7 }, () => stored));
    const shown = Object.values(tables).flatMap((t) => Object.values(t.cells));
    expect(shown.filter((n) => n !== null && n > 0 && n < 5)).toEqual([]);
    // Most states have one or two cases here.
    expect(Object.values(tables['state']!.cells).filter((n) => n === null).length).toBeGreaterThan(2);
  });

  it('is open or closed for a system that speaks Open311, and never public', async () => {
    const services = await platform.call('reporting', '/v1/open311/services.json');
    expect(new Set((services.body as { type: string }[]).map((s) => s.type))).toEqual(new Set(['blackbox']));
    const { reportId, receiptCode } = await inTriage();
    const ask = async () =>
      ((await platform.call('reporting', '/v1/open311/requests.json', { body: { receiptCode } })).body as object[])[0];
    expect(await ask()).toMatchObject({ service_request_id: reportId, status: 'open', status_notes: 'in-triage' });
    await step('triage-officer', `/v1/cases/${reportId}/referral`, { to: 'general-prosecutor' });
    await step('triage-officer', `/v1/cases/${reportId}/closure`, {});
    expect(await ask()).toMatchObject({ status: 'closed', status_notes: 'referred-to-another-body' });
  });
});
