import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { eventually } from './harness/eventually.js';
import { openInvestigation } from './harness/investigation.js';
import { draftReport, takeStep, takeSteps } from './harness/national-report.js';
import { startPlatform, type TestPlatform } from './harness/platform.js';

const BIN = '000000000010';
const CANARY = 'CANARY-7f3a-айгүл';

describe('a citizen’s report reaches the published National Report', () => {
  let platform: TestPlatform;
  let reportId: string;
  let receiptCode: string;
  let caseId: string;
  let nationalReportId: string;
  const year = new Date().getFullYear();

  beforeAll(async () => {
    platform = await startPlatform('loop');
  }, 120_000);
  afterAll(() => platform?.stop());

  const release = (i: number, tenderers: number) => ({
    ocid: `ocds-test-${i}`,
    date: '2025-08-01T02:20:02+05:00',
    tender: {
      status: 'complete',
      procurementMethod: 'open',
      numberOfTenderers: tenderers,
      items: [{ classification: { scheme: 'CPV', id: '45233141' } }],
    },
  });

  it('takes the report without a login and shows the receipt once', async () => {
    const key = 'a-key-of-the-citizen-1';
    const body = {
      category: 'bribery',
      areaCode: 'roads',
      region: 'KZ-75',
      organisationBin: BIN,
      allegedAmount: 5_000_000_00,
      narrative: `They asked for money. ${CANARY}`,
      contact: `phone of ${CANARY}`,
      mode: 'confidential',
    };
    const answer = await platform.call('reporting', '/v1/reports', {
      body,
      headers: { 'idempotency-key': key, 'x-forwarded-for': '203.0.113.77' },
    });
    expect(answer.status).toBe(201);
    ({ reportId, receiptCode } = answer.body as { reportId: string; receiptCode: string });
    expect(receiptCode).toMatch(/^\d{26}$/);
    // The same request again is the same report with the same code, though the code is stored nowhere.
    const again = await platform.call('reporting', '/v1/reports', { body, headers: { 'idempotency-key': key } });
    expect(again.body).toEqual(answer.body);
    const other = await platform.call('reporting', '/v1/reports', {
      body: { ...body, region: 'KZ-71' },
      headers: { 'idempotency-key': key },
    });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('is acknowledged, triaged, becomes a case, is decided, and the reward follows the dated policy', async () => {
    const step = (as: string, path: string, body?: unknown) =>
      platform.call('reporting', path, { as, body, method: 'POST' });
    expect((await step('intake-officer', `/v1/cases/${reportId}/acknowledgement`)).status).toBe(200);
    expect((await step('triage-officer', `/v1/cases/${reportId}/triage`)).status).toBe(200);
    const opened = await openInvestigation(platform, reportId);
    expect(opened.status).toBe(200);
    caseId = opened.body.caseId;
    const early = await step('court-clerk', `/v1/cases/${caseId}/decision`, {
      outcome: 'decided-liable',
      legalForceDay: `${year}-01-15`,
      offenceClass: 'grave',
    });
    expect([early.status, early.body.code, early.body.allowed]).toEqual([
      409,
      'illegal_transition',
      ['needs-information', 'referred', 'suspended', 'unsubstantiated', 'substantiated'],
    ]);
    await step('investigator', `/v1/cases/${caseId}/findings`, { finding: 'substantiated' });
    await step('court-clerk', `/v1/cases/${caseId}/proceedings`);
    const stale = await platform.call('reporting', `/v1/cases/${caseId}/decision`, {
      as: 'court-clerk',
      body: { outcome: 'decided-liable', legalForceDay: `${year}-01-15`, offenceClass: 'grave' },
      headers: { 'if-match': '"1"' },
    });
    expect([stale.status, stale.body.code]).toEqual([412, 'concurrent_change']);
    const decided = await step('court-clerk', `/v1/cases/${caseId}/decision`, {
      outcome: 'decided-liable',
      legalForceDay: '2026-01-15',
      offenceClass: 'grave',
      damage: 0,
    });
    expect(decided.status).toBe(200);
    await step('reward-officer', `/v1/cases/${caseId}/reward/eligibility`);
    const reward = await step('reward-officer', `/v1/cases/${caseId}/reward`);
    // 70 MCI of 2026 (4,325 tenge), in tiyn.
    expect(reward.body).toMatchObject({ amount: 30_275_000, policy: 'KZ-2023', basis: 'tier' });
    expect((await step('reward-officer', `/v1/cases/${caseId}/reward`)).status).toBe(409);
    expect((await step('reward-approver', `/v1/cases/${caseId}/reward/approval`)).status).toBe(200);
    const told = await platform.call('reporting', '/v1/reports/status', { body: { receiptCode } });
    expect(told.body).toMatchObject({ state: 'decided-liable', reward: { amount: 30_275_000 } });
  });

  it('weighs procurement flags and reports together, and the recommendation becomes a goal of one office', async () => {
    const releases = [...Array.from({ length: 8 }, (_, i) => release(i, 1)), release(8, 3), release(9, 4)];
    const imported = await platform.call('risk-analysis', '/v1/procurement/releases?origin=generated', {
      as: 'registry',
      body: { releases },
    });
    expect(imported.body).toMatchObject({ recorded: 10, unchanged: 0, refused: [] });
    const again = await platform.call('risk-analysis', '/v1/procurement/releases?origin=generated', {
      as: 'registry',
      body: { releases },
    });
    expect(again.body).toMatchObject({ recorded: 0, unchanged: 10, refused: [] });
    await eventually(async () => {
      const area = await platform.call('risk-analysis', '/v1/areas/roads', { as: 'analyst' });
      expect(area.body).toEqual({ areaCode: 'roads', reports: 1, processes: 10, evaluable: 10, flagged: 8 });
    });
    const assessed = await platform.call('risk-analysis', '/v1/areas/roads/assessments', {
      as: 'analyst',
      method: 'POST',
    });
    expect(assessed.body).toMatchObject({
      level: 'high',
      recommendation: { indicator: 'R018', baseline: 0.8, target: 0.56 },
    });
    const goal = await eventually(async () => {
      const goals = await platform.call('compliance', '/v1/goals', { as: 'programme-office' });
      expect(goals.body.items).toHaveLength(1);
      return goals.body.items[0] as { _id: string; accountablePosition: string };
    });
    expect(goal.accountablePosition).toBe('chair-roads-committee');
    const today = new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 10);
    const measured = await platform.call('compliance', `/v1/goals/${goal._id}/measurements`, {
      as: 'programme-office',
      body: { value: 0.56, day: today },
    });
    expect(measured.body).toMatchObject({ status: 'green' });
  });

  it('makes a gift overdue by a stored timer, once, also across a crash', async () => {
    const declared = await platform.call('compliance', '/v1/gifts', {
      as: 'compliance-officer',
      body: {
        ...{ officialIin: '850101300095', organisationBin: '050540000016', sector: 'state', recipient: 'official' },
        ...{ receipt: 'knowing', receivedDay: `${year}-01-01`, knownDay: `${year}-01-01`, estimatedValue: 0 },
        ...{ kind: 'thing', giver: { kind: 'unknown' } },
      },
    });
    expect(declared.status).toBe(201);
    await platform.crash('compliance');
    await eventually(async () => {
      const gift = await platform.call('compliance', `/v1/gifts/${declared.body.giftId}`, { as: 'auditor' });
      expect(gift.body).toMatchObject({ state: 'overdue', handOverBy: `${year}-01-08` });
    });
    const late = await platform.call('compliance', `/v1/gifts/${declared.body.giftId}/hand-over`, {
      as: 'compliance-officer',
      body: { handedOverDay: `${year}-01-10`, actNumber: 'A/1', receiverBin: '050540000016' },
    });
    expect(late.body).toMatchObject({ state: 'handed-over', daysLate: 2 });
  });

  it('compiles, is approved, submitted and published by four persons, and counts each fact once', async () => {
    await platform.call('report-compilation', '/v1/indices/imports', { as: 'editor', body: { series: 'cpi' } });
    await eventually(async () => {
      const { body } = await platform.call('report-compilation', '/v1/facts/counts', { as: 'editor' });
      expect(body.counts).toMatchObject({
        'reporting.report.received.v1': 1,
        'reporting.reward.calculated.v1': 1,
        'risk-analysis.flag.raised.v1': 8,
        'compliance.goal.status-changed.v1': 1,
        'compliance.gift.overdue.v1': 1,
        'compliance.gift.handed-over.v1': 1,
        'report-compilation.index.recorded.v1': 14,
      });
    });
    nationalReportId = await draftReport(platform, year);
    const path = `/v1/national-reports/${nationalReportId}`;
    expect((await platform.call('report-compilation', path)).status).toBe(404);
    await takeSteps(platform, nationalReportId, 'collection', 'hearing');
    expect((await platform.call('report-compilation', `${path}/draft`, { as: 'approver' })).status).toBe(200);
    expect((await takeStep(platform, nationalReportId, 'publication')).status).toBe(409);
    const both = await platform.issuer.token('editor', ['approver']);
    const same = await platform.call('report-compilation', `${path}/approval`, {
      body: { ground: 'my own work' },
      headers: { authorization: `Bearer ${both}` },
    });
    expect([same.status, same.body.code]).toEqual([409, 'same_person']);
    await takeSteps(platform, nationalReportId, 'approval', 'publication');
    const { body } = await platform.call('report-compilation', path);
    const numbers = body.model.numbers as Record<string, { value: unknown; status: string }>;
    expect(Object.fromEntries(Object.entries(numbers).map(([id, { value }]) => [id, value]))).toMatchObject({
      'flags.total': 8,
      'areas.level.roads': 'high',
      'goals.status.green': 1,
      // One report, one decision, one gift: they tell of a person, and are not told.
      'gifts.overdue': null,
      'reports.total': null,
      'cases.outcome.decided-liable': null,
      'rewards.calculated-sum': null,
    });
    expect(numbers['reports.total']!.status).toBe('S');
    // R8: the interval of the place, drawn when the index was imported, stands in the report.
    for (const [id, place] of [
      ['index.cpi.place-low.2020', 77],
      ['index.cpi.place-high.2020', 120],
    ] as const)
      expect(Math.abs(Number(numbers[id]!.value) - place)).toBeLessThanOrEqual(3);
    expect(numbers['index.cpi.change.2021']!.value).toBe('no-significant-change');
    expect(numbers['index.cpi.place-low.2025']?.value ?? null).toBeNull();
    expect(JSON.stringify(body)).not.toContain('editor');
  });

  it('names the events behind each open number, to auditors behind each one: as many as a count says', async () => {
    const path = `/v1/national-reports/${nationalReportId}`;
    const { body } = await platform.call('report-compilation', path);
    const numbers = Object.values(
      body.model.numbers as Record<string, { id: string; unit: string; value: unknown; inputs: number }>,
    );
    for (const { id, unit, value, inputs } of numbers.filter((one) => one.inputs > 0)) {
      const audit = await platform.call('report-compilation', `${path}/numbers/${id}/audit?limit=200`, {
        as: 'auditor',
      });
      expect({ id, status: audit.status, events: audit.body.items.length }).toEqual({
        id,
        status: 200,
        events: inputs,
      });
      if (unit === 'count') expect({ id, inputs }).toEqual({ id, inputs: value });
      const { body: traced } = await platform.call('report-compilation', `${path}/numbers/${id}`);
      const open = await platform.call('report-compilation', `${path}/numbers/${id}/events`);
      expect({ id, status: open.status }).toEqual({ id, status: traced.open ? 200 : 404 });
    }
    const received = await platform.call('report-compilation', `${path}/numbers/reports.total/audit`, {
      as: 'auditor',
    });
    expect(received.body.items[0]).toMatchObject({
      type: 'reporting.report.received.v1',
      id: `reporting/${reportId}#00000001`,
    });
  });

  it.each(['kk', 'ru', 'en'])('is a page in %s', async (lang) => {
    const page = await platform.call('report-compilation', `/v1/national-reports/${nationalReportId}?lang=${lang}`, {
      headers: { accept: 'text/html' },
    });
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.body).toContain(`<html lang="${lang}">`);
  });

  it('speaks CloudEvents whose bodies fit the committed schemas, to any consumer', async () => {
    const folder = fileURLToPath(new URL('../libs/contracts/schemas/', import.meta.url));
    const ajv = new Ajv2020({ strict: false });
    const check = new Map(
      readdirSync(folder).map((f) => [
        f.slice(0, -5),
        ajv.compile(JSON.parse(readFileSync(folder + f, 'utf8')) as object),
      ]),
    );
    const seen: { type: string; ok: boolean; time: string; stamp: string }[] = [];
    const consumer = platform.environment.kafka.consumer({ groupId: `${platform.environment.prefix}foreign` });
    await consumer.connect();
    await consumer.subscribe({
      topics: ['reporting', 'risk-analysis', 'compliance', 'report-compilation'].map(
        (s) => `${platform.environment.prefix}${s}.events`,
      ),
      fromBeginning: true,
    });
    await consumer.run({
      eachMessage: ({ message }) => {
        const h = (name: string): string => String(message.headers?.[name]);
        expect([h('ce_specversion'), h('content-type'), h('ce_subject')]).toEqual([
          '1.0',
          'application/json',
          message.key!.toString(),
        ]);
        expect(h('ce_source')).toMatch(/^\/aiqyn\/[a-z-]+$/);
        expect(Number.isNaN(Date.parse(h('ce_time')))).toBe(false);
        seen.push({
          type: h('ce_type'),
          ok: check.get(h('ce_type'))!(JSON.parse(message.value!.toString())),
          time: h('ce_time'),
          stamp: message.timestamp,
        });
        return Promise.resolve();
      },
    });
    await eventually(() => {
      const types = new Set(seen.map((s) => s.type));
      expect(types.size).toBeGreaterThanOrEqual(24);
      expect(types).toContain('reporting.report.received.v1');
    });
    await consumer.disconnect();
    expect(seen.filter((s) => !s.ok)).toEqual([]);
    const citizen = seen.find((s) => s.type === 'reporting.report.received.v1')!;
    // The day begins five hours earlier in Almaty than in UTC.
    expect([citizen.time.slice(10), (Number(citizen.stamp) + 5 * 3_600_000) % 86_400_000]).toEqual(['T00:00:00Z', 0]);
  });

  it('keeps what the citizen wrote out of every collection, topic and log', async () => {
    const found: string[] = [];
    for (const service of ['reporting', 'risk-analysis', 'compliance', 'report-compilation']) {
      const db = platform.environment.database(service);
      for (const { name } of await db.listCollections().toArray()) {
        for await (const doc of db.collection(name).find()) {
          const text = JSON.stringify(doc);
          for (const secret of [CANARY, '203.0.113.77', receiptCode])
            if (text.includes(secret)) found.push(`${service}.${name}`);
        }
      }
    }
    const bytes: string[] = [];
    const consumer = platform.environment.kafka.consumer({ groupId: `${platform.environment.prefix}canary` });
    await consumer.connect();
    await consumer.subscribe({ topic: `${platform.environment.prefix}reporting.events`, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        bytes.push(
          JSON.stringify({
            ...message,
            key: message.key?.toString(),
            value: message.value?.toString(),
            headers: Object.entries(message.headers ?? {}).map(([k, v]) => `${k}=${String(v)}`),
          }),
        );
        return Promise.resolve();
      },
    });
    await eventually(() => expect(bytes.length).toBeGreaterThanOrEqual(5));
    await consumer.disconnect();
    const logs = platform.logs();
    // A line of the log has the second: of what an office asked there is one, of a citizen's request none.
    expect(logs).toContain('"route":"/v1/cases/:id/triage"');
    expect(logs).not.toContain('"route":"/v1/reports');
    expect(logs.length).toBeGreaterThan(1_000);
    for (const secret of [CANARY, '203.0.113.77', receiptCode]) {
      if (bytes.join().includes(secret)) found.push('topic');
      if (logs.includes(secret)) found.push('log');
    }
    expect(found).toEqual([]);
  });
});
