import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '@aiqyn/local';
import { isIin, withBinCheckDigit } from '@aiqyn/contracts';
import { eventually } from './harness/eventually.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const BODY = '050540000016';
const OFFICIAL = Array.from({ length: 10 }, (_, i) => withBinCheckDigit(`8501013001${i}`)).find(
  (iin) => iin && isIin(iin),
)!;
const TEXT = `Статья 1. Настоящий Закон регулирует выдачу разрешений на использование берега.
Статья 2. Решение комиссии является окончательным и обжалованию не подлежит.
Статья 3. Настоящий Закон вводится в действие через десять дней.`;
const gift = (day: string): object => ({
  ...{
    officialIin: OFFICIAL,
    organisationBin: BODY,
    sector: 'quasi-public',
    recipient: 'official',
    receipt: 'knowing',
  },
  ...{ receivedDay: day, knownDay: day, kind: 'thing', giver: { kind: 'unknown' } },
});
const reason = { reason: 'As the recommendations say.' };

describe('what compliance finds', () => {
  let platform: TestPlatform;
  const call = (
    service: 'compliance' | 'risk-analysis' | 'report-compilation',
    as: string,
    path: string,
    body?: object,
  ): Promise<Answer> =>
    platform.issuer.token(as, [as]).then((token) =>
      platform.call(service, `/v1/${path}`, {
        ...(body ? { body } : {}),
        headers: { authorization: `Bearer ${token}` },
      }),
    );
  const done = async (as: string, path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await call('compliance', as, path, body);
    expect([answer.status, answer.body]).toEqual([answer.status < 300 ? answer.status : 0, expect.anything()]);
    return answer.body as Record<string, unknown>;
  };
  const counts = async (): Promise<Record<string, number>> =>
    (await call('report-compilation', 'editor', 'facts/counts')).body.counts as never;
  const known = async (): Promise<unknown> => (await call('risk-analysis', 'analyst', `bodies/${BODY}`)).body.counts;

  beforeAll(async () => {
    platform = await startPlatform('effects', ['compliance', 'risk-analysis', 'report-compilation']);
    platform.setClock('2026-02-02T07:00:00Z');
  }, 120_000);
  afterAll(() => platform?.stop());

  it('of a gift that was not handed over reaches the body in risk-analysis and the facts of the report', async () => {
    const { giftId } = await done('compliance-officer', 'gifts', gift('2026-01-10'));
    await done('gift-inquirer', `gifts/${String(giftId)}/inquiry`, {});
    await done('gift-decider', `gifts/${String(giftId)}/inquiry-decision`, {
      outcome: 'confirmed',
      reason: 'not-handed-over',
    });
    await eventually(async () => {
      expect(await known()).toMatchObject({ 'gift-breach': 1 });
      expect(await counts()).toMatchObject({ 'compliance.gift.breach-confirmed.v1': 1 });
    });
  });

  it('of a norm that an authority keeps reaches both too', async () => {
    const { actId } = await done('act-registrar', 'draft-acts', {
      ...{
        authorityBin: BODY,
        actType: 'law',
        titles: { ru: 'О берегах' },
        pages: 3,
        texts: [{ language: 'ru', text: TEXT }],
      },
      dossier: {
        ...{ note: 'present', 'comparative-table': 'present', 'financial-basis': 'present' },
        ...{ 'impact-analysis': 'present', consultation: 'present' },
      },
    });
    const act = `draft-acts/${String(actId)}`;
    await done('act-registrar', `${act}/triage`, { decision: 'examine', ...reason });
    await done('act-registrar', `${act}/screening`, {});
    await done('act-registrar', `${act}/expert`, { expert: 'act-expert' });
    const { body } = await call('compliance', 'act-expert', act);
    const [{ findingId }] = body.findings as [{ findingId: string }];
    await done('act-expert', `${act}/findings/${findingId}/confirmation`, reason);
    await done('act-expert', `${act}/submission`, {});
    await done('act-reviewer', `${act}/review`, { verdict: 'approved', ...reason });
    await done('act-reviewer', `${act}/publication`, {});
    await done('act-developer', `${act}/findings/${findingId}/answer`, { answer: 'rejected', ...reason });
    await done('act-developer', `${act}/texts`, { texts: [{ language: 'ru', text: `${TEXT}\n` }] });
    await eventually(async () => {
      expect(await known()).toMatchObject({ 'finding-kept': 1 });
      expect(await counts()).toMatchObject({
        ...{ 'compliance.act.opinion-issued.v1': 1, 'compliance.act.finding-published.v1': 1 },
        'compliance.act.finding-settled.v1': 1,
      });
    });
  });

  /** As compliance sends it of an organisation that it assessed to the end, which takes it weeks. */
  const graded = async (sequence: number, type: string, data: object): Promise<void> => {
    const { kafka, prefix } = platform.environment;
    const producer = kafka.producer();
    await producer.connect();
    const headers = {
      ...{ 'content-type': 'application/json', ce_specversion: '1.0', ce_type: type, ce_subject: BODY },
      ...{ ce_id: `${BODY}#0000000${sequence}`, ce_source: '/aiqyn/compliance', ce_sequence: String(sequence) },
      ce_time: '2026-02-01T07:00:00Z',
    };
    await producer.send({
      topic: `${prefix}compliance.events`,
      messages: [{ key: BODY, value: JSON.stringify(data), headers }],
    });
    await producer.disconnect();
  };

  it('is in the dossier of the area in which the body buys', async () => {
    const release = {
      ...{ ocid: 'bought', date: '2026-01-20T00:00:00Z', buyer: { id: 'body' } },
      parties: [{ id: 'body', identifier: { scheme: 'KZ-BIN', id: BODY } }],
      tender: { items: [{ classification: { scheme: 'CPV', id: '45233141' } }] },
      awards: [{ id: 'a', status: 'active', date: '2026-01-20', value: { amount: 1, currency: 'KZT' } }],
    };
    await call('risk-analysis', 'registry', 'procurement/releases?origin=generated', { releases: [release] });
    const compliance = async (areaCode: string) => {
      const period = { from: '2026-01-01', to: '2026-12-31' };
      const { body } = await call('risk-analysis', 'analyst', `areas/${areaCode}/dossiers`, period);
      const dossier = await call('risk-analysis', 'analyst', `dossiers/${String(body.dossierId)}`);
      return (dossier.body as { prevention: { compliance: object } }).prevention.compliance;
    };
    const nothing = { 'gift-breach': 0, 'finding-kept': 0, 'response-overdue': 0 };
    expect(await compliance('roads')).toEqual({
      ...{ bodies: 1, found: { ...nothing, 'gift-breach': 1, 'finding-kept': 1 }, grades: {} },
    });
    await graded(1, 'compliance.organisation.assessed.v1', {
      ...{ organisationBin: BODY, assessmentId: randomUUID(), day: '2026-02-01', grade: 'B', status: 'graded' },
      ...{ verified: 8_000, self: 9_000, gates: [], catalogue: 'kz' },
    });
    await graded(2, 'compliance.organisation.grade-changed.v1', {
      ...{ organisationBin: BODY, day: '2026-02-01', oldGrade: 'B', newGrade: 'C', status: 'graded', catalogue: 'kz' },
      ...{ oldScore: 8_000, newScore: 6_500, cause: 'plan-overdue', causeId: randomUUID() },
    });
    await eventually(async () => expect(await compliance('roads')).toMatchObject({ grades: { C: 1 } }));
    expect(await compliance('health')).toEqual({ bodies: 0, found: nothing, grades: {} });
    // A day that moves within the year is of no group's concern, and is kept all the same.
    const moved = { ...release, date: '2026-01-21T00:00:00Z', awards: [{ ...release.awards[0]!, date: '2026-01-21' }] };
    await call('risk-analysis', 'registry', 'procurement/releases?origin=generated', { releases: [moved] });
    const purchases = platform.environment.database('risk-analysis').collection<{ _id: string }>('purchases');
    expect(await purchases.findOne({ _id: 'bought' })).toMatchObject({ purchase: { day: '2026-01-21' } });
  });

  it('is in facts that Kafka gives again byte for byte, and that go on afterwards', async () => {
    const { environment, issuer } = platform;
    const rebuild = async (...args: string[]) => {
      const tool = join(ROOT, 'services/report-compilation/dist/facts/rebuild.js');
      const run = promisify(execFile)(process.execPath, [tool, '--json', ...args], {
        env: { PATH: process.env['PATH'], ...environment.env('report-compilation', issuer.url) },
      });
      const { stdout } = await run.catch((error: { stdout: string }) => error);
      return JSON.parse(stdout) as { equal: boolean };
    };
    await eventually(async () => expect((await rebuild('--verify')).equal).toBe(true));
    const facts = environment.database('report-compilation').collection<{ _id: string }>('facts');
    const known = await facts.countDocuments();
    const { _id } = (await facts.findOne())!;
    await facts.deleteOne({ _id });
    expect((await rebuild('--verify')).equal).toBe(false);
    expect((await rebuild()).equal).toBe(false);
    expect((await rebuild('--verify')).equal).toBe(true);
    await done('compliance-officer', 'gifts', gift('2026-02-02'));
    await eventually(async () => expect(await facts.countDocuments()).toBe(known + 1));
    expect((await rebuild('--verify')).equal).toBe(true);
  }, 120_000);
});
