import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './harness/eventually.js';
import { openInvestigation } from './harness/investigation.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

interface Decided {
  readonly reportId: string;
  readonly receiptCode: string;
  readonly caseId: string;
}

describe('a reward from the decision to the payment', () => {
  let platform: TestPlatform;
  let first: Decided;
  /** Ledger rows as they stood when they were first seen. */
  const seen = new Map<string, string>();

  const post = (as: string | undefined, path: string, body: unknown = {}): Promise<Answer> =>
    platform.call('reporting', path, { as, body });
  const reward = (as: string, caseId: string, step: string, body?: unknown): Promise<Answer> =>
    post(as, `/v1/cases/${caseId}/reward${step}`, body);
  /** A token of one person with the role of another: second persons are told apart by who they are. */
  const asBoth = async (person: string, role: string, caseId: string, step: string): Promise<Answer> =>
    platform.call('reporting', `/v1/cases/${caseId}/reward${step}`, {
      body: {},
      headers: { authorization: `Bearer ${await platform.issuer.token(person, [role])}` },
    });
  const at = (instant: string): void => {
    const file = join(platform.dir, 'clock');
    writeFileSync(`${file}.part`, instant);
    renameSync(`${file}.part`, file);
  };

  async function decided(outcome = 'decided-liable'): Promise<Decided> {
    const report = { category: 'bribery', areaCode: 'roads', region: 'KZ-75', narrative: 'They asked for money.' };
    const { reportId, receiptCode } = (await post(undefined, '/v1/reports', report)).body as Decided;
    await post('intake-officer', `/v1/cases/${reportId}/acknowledgement`);
    await post('triage-officer', `/v1/cases/${reportId}/triage`);
    const { caseId } = (await openInvestigation(platform, reportId)).body as Decided;
    await post('investigator', `/v1/cases/${caseId}/findings`, { finding: 'substantiated' });
    await post('court-clerk', `/v1/cases/${caseId}/proceedings`);
    const facts = { offenceClass: 'administrative', damage: 393_200_001 };
    const decision = { outcome, legalForceDay: '2025-01-15', ...(outcome === 'decided-liable' ? facts : {}) };
    expect((await post('court-clerk', `/v1/cases/${caseId}/decision`, decision)).status).toBe(200);
    return { reportId, receiptCode, caseId };
  }
  async function approved(): Promise<Decided> {
    const one = await decided();
    await reward('reward-officer', one.caseId, '/eligibility');
    await reward('reward-officer', one.caseId, '');
    expect((await reward('reward-approver', one.caseId, '/approval')).status).toBe(200);
    return one;
  }
  const status = async (receiptCode: string): Promise<{ reward?: object }> =>
    (await post(undefined, '/v1/reports/status', { receiptCode })).body as { reward?: object };

  /** The trial balance is zero, and no row that was there before has changed or gone. */
  async function ledgerHolds(): Promise<void> {
    const rows = await platform.environment
      .database('reporting')
      .collection<{ _id: string }>('reward_ledger')
      .find()
      .toArray();
    const now = new Map(rows.map((row) => [row._id, JSON.stringify(row)]));
    for (const [id, row] of seen) expect(now.get(id)).toBe(row);
    for (const [id, row] of now) seen.set(id, row);
    const { body } = await platform.call('reporting', '/v1/rewards/ledger/trial-balance', { as: 'auditor' });
    for (const { difference } of body.balances as { difference: number }[]) expect(difference).toBe(0);
  }

  beforeAll(async () => {
    platform = await startPlatform('rewards', ['reporting']);
    // In the past: a broker refuses records with a time more than an hour ahead of its own.
    at('2025-02-01T06:00:00Z');
    first = await decided();
  }, 120_000);
  afterAll(() => platform?.stop());

  it('does not begin before a decision of liability', async () => {
    const { caseId } = await decided('decided-not-liable');
    const answer = await reward('reward-officer', caseId, '/eligibility');
    expect([answer.status, answer.body.code, answer.body.allowed]).toEqual([
      409,
      'illegal_transition',
      ['pending-eligibility'],
    ]);
    expect((await platform.call('reporting', `/v1/cases/${caseId}/reward`, { as: 'auditor' })).status).toBe(404);
  });

  it('is calculated only after the eligibility was decided, and approved by another person', async () => {
    const early = await reward('reward-officer', first.caseId, '');
    expect([early.status, early.body.allowed]).toEqual([409, ['eligible', 'ineligible']]);
    expect((await reward('reward-officer', first.caseId, '/eligibility')).body.state).toBe('eligible');
    const result = await reward('reward-officer', first.caseId, '');
    expect(result.body).toMatchObject({ state: 'calculated', amount: 39_320_000, policy: 'KZ-2023', basis: 'percent' });
    expect((result.body.steps as string[]).length).toBeGreaterThan(2);
    expect(await status(first.receiptCode)).not.toHaveProperty('reward');
    const same = await asBoth('reward-officer', 'reward-approver', first.caseId, '/approval');
    expect([same.status, same.body.code]).toEqual([409, 'same_person']);
    expect((await reward('reward-approver', first.caseId, '/approval')).status).toBe(200);
    expect(await status(first.receiptCode)).toMatchObject({
      reward: { state: 'notified', amount: 39_320_000, claimBy: '2026-02-01', policy: 'KZ-2023' },
    });
    await ledgerHolds();
  });

  it('is paid after a claim by receipt and a proof of identity, by a person of its own', async () => {
    const unclaimed = await reward('treasurer', first.caseId, '/payment');
    expect([unclaimed.status, unclaimed.body.allowed]).toEqual([409, ['claimed', 'declined', 'lapsed']]);
    expect((await reward('custodian', first.caseId, '/identity')).status).toBe(409);
    const { receiptCode } = first;
    const claimed = await post(undefined, '/v1/reports/claim', { receiptCode });
    expect(claimed.body).toEqual({ reward: { state: 'claimed', amount: 39_320_000, claimBy: '2026-02-01' } });
    const twice = await post(undefined, '/v1/reports/claim', { receiptCode });
    expect([twice.status, twice.body.code]).toEqual([409, 'illegal_transition']);
    expect((await reward('treasurer', first.caseId, '/payment')).status).toBe(409);
    expect((await reward('custodian', first.caseId, '/identity')).status).toBe(200);
    for (const person of ['reward-officer', 'reward-approver', 'custodian']) {
      expect((await asBoth(person, 'treasurer', first.caseId, '/payment')).body.code).toBe('same_person');
    }
    expect((await reward('treasurer', first.caseId, '/payment')).body.state).toBe('paid');
    expect(await status(receiptCode)).toMatchObject({ reward: { state: 'paid' } });
    expect((await reward('treasurer', first.caseId, '/payment')).status).toBe(409);
    await ledgerHolds();
  });

  it('is taken back only by a court decision, as a new entry', async () => {
    expect((await reward('treasurer', first.caseId, '/reversal', { legalForceDay: '2025-01-30' })).status).toBe(403);
    expect((await reward('court-clerk', first.caseId, '/reversal', { legalForceDay: '2025-03-30' })).status).toBe(422);
    const taken = await reward('court-clerk', first.caseId, '/reversal', { legalForceDay: '2025-01-30' });
    expect(taken.body.state).toBe('reversed');
    await ledgerHolds();
  });

  it('can be declined', async () => {
    const { receiptCode } = await approved();
    const answer = await post(undefined, '/v1/reports/claim', { receiptCode, wish: 'decline' });
    expect(answer.body.reward.state).toBe('declined');
    await ledgerHolds();
  });

  it('can be appealed: who was excluded gets it when the appeal succeeds', async () => {
    const { caseId, reportId } = await decided();
    const unknown = await reward('reward-officer', caseId, '/eligibility', {
      excluded: [{ reportId, reason: 'cooperating-accused' }],
    });
    expect([unknown.status, unknown.body.code]).toEqual([422, 'bad_exclusion']);
    const excluded = [{ reportId, reason: 'participant' }];
    expect((await reward('reward-officer', caseId, '/eligibility', { excluded })).body.state).toBe('ineligible');
    expect((await reward('reward-officer', caseId, '')).body.allowed).toEqual(['appealed']);
    expect((await reward('reward-officer', caseId, '/appeal')).body.state).toBe('appealed');
    const heard = await reward('reward-approver', caseId, '/appeal-decision', { outcome: 'recalculated' });
    expect(heard.body).toMatchObject({ state: 'recalculated', amount: 39_320_000 });
    expect((await reward('reward-approver', caseId, '/approval')).body.code).toBe('same_person');
    expect((await asBoth('second-approver', 'reward-approver', caseId, '/approval')).body.state).toBe('notified');
    await ledgerHolds();
  });

  it('tells nothing to who holds no receipt of a part', async () => {
    const { receiptCode } = await decided();
    const wrong = await post(undefined, '/v1/reports/claim', { receiptCode: '1'.repeat(26) });
    const early = await post(undefined, '/v1/reports/claim', { receiptCode });
    const told = ({ status, body }: Answer): unknown => [status, body.code, body.detail];
    expect(told(wrong)).toEqual([404, 'not_found', 'there is no such resource for you']);
    expect(told(early)).toEqual(told(wrong));
  });

  it.each<[string, string, unknown, string]>([
    ['/v1/reports/claim', 'public', { receiptCode: 'abc' }, 'receiptCode'],
    ['/v1/reports/claim', 'public', { receiptCode: '1'.repeat(26), wish: 'double' }, 'wish'],
    ['/eligibility', 'reward-officer', { excluded: [{ reportId: 'x', reason: 'participant' }] }, 'excluded.0.reportId'],
    ['', 'reward-officer', { rateBp: 10_001 }, 'rateBp'],
    ['', 'reward-officer', { amount: 1 }, 'amount'],
    ['/appeal-decision', 'reward-approver', { outcome: 'perhaps' }, 'outcome'],
    ['/reversal', 'court-clerk', { legalForceDay: '2025-02-30' }, 'legalForceDay'],
  ])('refuses bad input at %s (%s, %j) naming %s', async (path, as, body, field) => {
    const answer = as === 'public' ? await post(undefined, path, body) : await reward(as, first.caseId, path, body);
    expect(answer.status).toBe(400);
    expect((answer.body.fields as { field: string }[]).map((f) => f.field)).toContain(field);
  });

  it('lapses by a stored timer when nobody claims, once, also across a crash', async () => {
    const { receiptCode, caseId } = await approved();
    at('2026-02-01T06:00:00Z');
    expect(await status(receiptCode)).toMatchObject({ reward: { state: 'notified' } });
    await platform.crash('reporting');
    at('2026-02-02T06:00:00Z');
    await eventually(async () => expect(await status(receiptCode)).toMatchObject({ reward: { state: 'lapsed' } }));
    expect((await post(undefined, '/v1/reports/claim', { receiptCode })).status).toBe(409);
    const ledger = platform.environment.database('reporting').collection('reward_ledger');
    // The one that was won on appeal was not claimed either.
    await eventually(async () => expect(await ledger.countDocuments({ movement: 'lapse' })).toBe(2));
    const lapses = await ledger.countDocuments({ caseId: { $eq: caseId }, movement: 'lapse' });
    expect(lapses).toBe(1);
    await ledgerHolds();
  });

  it('lists the ledger in pages, to treasurer and auditor only', async () => {
    expect((await platform.call('reporting', '/v1/rewards/ledger', { as: 'reward-officer' })).status).toBe(403);
    const movements: string[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 20; pages += 1) {
      const { body } = await platform.call(
        'reporting',
        `/v1/rewards/ledger?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
        { as: 'treasurer' },
      );
      for (const row of body.items as { movement: string; lines: { side: string; amount: number }[] }[]) {
        movements.push(row.movement);
        expect(row.lines.map((l) => l.side)).toEqual(['debit', 'credit']);
        expect(row.lines[0]!.amount).toBe(row.lines[1]!.amount);
      }
      if (!(cursor = body.nextCursor as string | undefined)) break;
    }
    expect(movements).toHaveLength(seen.size);
    expect(new Set(movements)).toEqual(new Set(['accrual', 'payment', 'reversal', 'decline', 'lapse']));
  });

  it('leaves every refusal in the audit log, and no receipt code anywhere', async () => {
    const db = platform.environment.database('reporting');
    const rows = await db.collection('journal').find({ 'entries.outcome': 'refused' }).toArray();
    const refusals = rows.flatMap(
      (r) => r['entries'] as { action: string; actor: string; reason: string; outcome: string }[],
    );
    const reasons = refusals.map((e) => `${e.action} ${e.actor} ${e.reason}`);
    expect(reasons).toEqual(
      expect.arrayContaining([
        'reward:calculate reward-officer illegal_transition',
        'reward:approve reward-officer same_person',
        'reward:pay treasurer illegal_transition',
        'reward:pay custodian same_person',
        'reward:claim public illegal_transition',
      ]),
    );
    for (const { name } of await db.listCollections().toArray()) {
      for await (const doc of db.collection(name).find()) expect(JSON.stringify(doc)).not.toContain(first.receiptCode);
    }
    expect(platform.logs()).not.toContain(first.receiptCode);
  });

  it('publishes each fact once, by the day where a citizen acted', async () => {
    const events: { type: string; time: string; caseId: string; keys: string }[] = [];
    const consumer = platform.environment.kafka.consumer({ groupId: `${platform.environment.prefix}foreign` });
    await consumer.connect();
    await consumer.subscribe({ topic: `${platform.environment.prefix}reporting.events`, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        const data = JSON.parse(message.value!.toString()) as { caseId: string };
        const type = String(message.headers?.['ce_type']);
        events.push({
          type,
          time: String(message.headers?.['ce_time']),
          caseId: data.caseId,
          keys: Object.keys(data).sort().join(),
        });
        return Promise.resolve();
      },
    });
    const of = (fact: string) => events.filter((e) => e.type === `reporting.reward.${fact}.v1`);
    await eventually(() => expect(of('lapsed')).toHaveLength(2)).finally(() => consumer.disconnect());
    const facts = ['calculated', 'approved', 'claimed', 'paid', 'reversed', 'declined', 'lapsed'];
    expect(facts.map((f) => [f, of(f).length])).toEqual([
      ['calculated', 4],
      ['approved', 4],
      ['claimed', 1],
      ['paid', 1],
      ['reversed', 1],
      ['declined', 1],
      ['lapsed', 2],
    ]);
    for (const e of [...of('claimed'), ...of('declined')]) expect(e.time.slice(10)).toBe('T00:00:00Z');
    for (const f of facts) for (const e of of(f)) expect(e.keys).toBe('amount,caseId,day,policy');
  });
});
