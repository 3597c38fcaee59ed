import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readLog } from '@aiqyn/platform';
import { eventually } from './harness/eventually.js';
import { draftReport, takeStep, takeSteps } from './harness/national-report.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const SERVICE = 'report-compilation';

describe('the terms of the law for an edition', () => {
  let platform: TestPlatform;
  let id: string;
  let first: string;
  const path = (rest = ''): string => `/v1/national-reports/${id}${rest}`;
  const call = (rest: string, as: string, body?: object): Promise<Answer> =>
    platform.call(SERVICE, path(rest), { as, ...(body ? { body } : {}) });
  const terms = async (): Promise<string[]> => {
    const { items } = (await call('/draft', 'editor')).body.terms as {
      items: { term: string; day: string; state: string }[];
    };
    return items.map(({ term, day, state }) => `${term} ${day} ${state}`);
  };
  const told = async (): Promise<string[]> => {
    const { kafka, prefix } = platform.environment;
    const found: string[] = [];
    await readLog(kafka, [`${prefix}${SERVICE}.events`], `${prefix}read-${randomUUID()}`, ({ envelope, data }) => {
      const { term, stage, termDay, day } = data as Record<string, string>;
      if (envelope.type.includes('term-reminded')) found.push(`${term} ${termDay} ${stage} on ${day}`);
    });
    return found;
  };
  const day = (one: string): void => platform.setClock(`${one}T06:00:00Z`);
  const tellsNow = (some: readonly string[]): Promise<void> =>
    eventually(async () => expect(await told()).toEqual(some), 30_000);

  beforeAll(async () => {
    platform = await startPlatform('report-terms', [SERVICE], { LEASE_SECONDS: '3', SESSION_TIMEOUT_MS: '6000' });
    day('2026-01-10');
    id = first = await draftReport(platform, 2025);
  }, 120_000);
  afterAll(() => platform?.stop());

  it('are read with the draft, with their pack and that no lawyer has read it', async () => {
    expect(await terms()).toEqual([
      'collectBy 2026-02-01 ahead',
      'draftBy 2026-03-01 ahead',
      'submitBy 2026-04-01 ahead',
      'publishBy 2026-05-01 ahead',
    ]);
    expect((await call('/progress', 'editor')).body.terms).toMatchObject({
      policy: 'national-report-terms-1',
      checked: false,
      source: expect.stringContaining('410-V'),
    });
  });

  it('give a body its last day where none is named', async () => {
    const asked = await call('/materials', 'editor', { body: '050540000016', section: 'gifts' });
    expect([asked.status, asked.body.dueDay]).toEqual([201, '2026-02-01']);
    const waiver = { ground: 'the body was dissolved in the year' };
    expect((await call(`/materials/${asked.body.materialId}/waiver`, 'editor', waiver)).status).toBe(200);
  });

  const NEAR = 'collectBy 2026-02-01 near on 2026-01-18';
  const PASSED = ['collectBy 2026-02-01 passed on 2026-02-02', 'draftBy 2026-03-01 near on 2026-02-15'];
  it('are told once when they are near and once when they pass, by two replicas that are killed besides', async () => {
    const second = await platform.replica(SERVICE);
    day('2026-01-18');
    await tellsNow([NEAR]);
    day('2026-02-01');
    await platform.crash(SERVICE);
    day('2026-02-02');
    await tellsNow([NEAR, PASSED[0]!]);
    expect((await terms())[0]).toBe('collectBy 2026-02-01 passed');
    await platform.crash(SERVICE);
    await second.stop();
    day('2026-02-15');
    // What comes next is told, so that whatever was told twice before would stand here.
    await tellsNow([NEAR, ...PASSED]);
  }, 90_000);

  it('say nothing of a step that was taken, and how each was kept when the edition is published', async () => {
    await takeSteps(platform, id, 'collection', 'hearing');
    // The draft was there in time: its term passes without a word, and the next one is near.
    day('2026-03-18');
    await tellsNow([NEAR, ...PASSED, 'submitBy 2026-04-01 near on 2026-03-18']);
    await takeSteps(platform, id, 'approval', 'submission-receipt');
    day('2026-05-03');
    await tellsNow([
      ...[NEAR, ...PASSED, 'submitBy 2026-04-01 near on 2026-03-18'],
      // Nobody looked until it was over: nothing is said of its being near.
      'publishBy 2026-05-01 passed on 2026-05-03',
    ]);
    expect((await takeStep(platform, id, 'publication')).status).toBe(200);
    const { body } = await platform.call(SERVICE, path());
    expect(body.terms.items).toEqual([
      { term: 'collectBy', day: '2026-02-01', state: 'late', doneDay: '2026-02-15' },
      { term: 'draftBy', day: '2026-03-01', state: 'kept', doneDay: '2026-02-15' },
      { term: 'submitBy', day: '2026-04-01', state: 'kept', doneDay: '2026-03-18' },
      { term: 'publishBy', day: '2026-05-01', state: 'late', doneDay: '2026-05-03' },
    ]);
    const page = (lang: string): Promise<Answer> => platform.call(SERVICE, `/${lang}/editions/${id}`);
    expect((await page('en')).body).toContain('done late, 3 May 2026');
    expect((await page('ru')).body).toContain('Юристом ещё не проверено');
    expect((await page('kk')).body).toContain('Заң бойынша мерзімдер');
  }, 120_000);

  it('leave material to the body that it was asked of: for another one it is not there', async () => {
    id = await draftReport(platform, 2024);
    const day = { dueDay: '2027-01-01' };
    const asked = await call('/materials', 'editor', { body: '050540000016', section: 'gifts', ...day });
    const deliver = async (department: string | undefined, materialId: string): Promise<Answer> => {
      const token = await platform.issuer.token('c', ['contributor'], department === undefined ? {} : { department });
      const headers = { authorization: `Bearer ${token}` };
      return platform.call(SERVICE, path(`/materials/${materialId}/delivery`), {
        ...{ headers, body: { sha256: 'ab'.repeat(32) } },
      });
    };
    const shown = ({ status, body }: Answer): unknown[] => [status, body.code, body.detail];
    const absent = shown(await deliver('050540000016', randomUUID()));
    expect(absent.slice(0, 2)).toEqual([404, 'not_found']);
    for (const department of ['000000000010', 'ministry', undefined])
      expect(shown(await deliver(department, asked.body.materialId))).toEqual(absent);
    expect((await takeStep(platform, id, 'collection')).body.open).toEqual({
      ...{ count: 1, first: [asked.body.materialId] },
    });
    expect((await deliver('050540000016', asked.body.materialId)).status).toBe(200);
    const late = shown(await deliver('000000000010', asked.body.materialId));
    expect(late).toEqual(absent);
  });

  it('are none of a correction, whose material needs a day', async () => {
    id = await draftReport(platform, 2025, { corrects: first, ground: 'a word was wrong' });
    expect((await call('/draft', 'editor')).body).not.toHaveProperty('terms');
    const asked = await call('/materials', 'editor', { body: '050540000016', section: 'gifts' });
    expect([asked.status, asked.body.code]).toEqual([422, 'no_due_day']);
  });
});
