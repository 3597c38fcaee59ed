import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { open, type Sealed } from '@aiqyn/reporting/sealing';
import { startPlatform, type TestPlatform } from './harness/platform.js';

const facts = { category: 'procurement', areaCode: 'roads', region: 'KZ-75' };
const answers = { what: 'CANARY-form-41c қала жолы', stage: 'award' };

describe('a citizen fills the form of a report kind', () => {
  let platform: TestPlatform;
  const submit = (body: object) => platform.call('reporting', '/v1/reports', { body });

  beforeAll(async () => {
    platform = await startPlatform('forms', ['reporting']);
  }, 120_000);
  afterAll(() => platform?.stop());

  it('is offered five forms with labels in three languages', async () => {
    const { body } = await platform.call('reporting', '/v1/channels/default/forms');
    const forms = body.items as { kind: string; title: Record<string, string> }[];
    expect(forms.map((f) => Object.keys(f.title))).toEqual(Array.from({ length: 5 }, () => ['kk', 'ru', 'en']));
    const one = await platform.call('reporting', '/v1/channels/default/forms/procurement/1');
    expect(one.body).toEqual(forms.find((f) => f.kind === 'procurement'));
    expect((await platform.call('reporting', '/v1/channels/default/forms/procurement/9')).status).toBe(404);
  });

  it('whose answers over TLS are checked, sealed on arrival and opened by the office alone', async () => {
    const sent = await submit({ ...facts, form: 'procurement/1', answers });
    expect(sent.status).toBe(201);
    const caseId = sent.body.reportId as string;
    const read = await platform.call('reporting', `/v1/cases/${caseId}/messages`, { as: 'triage-officer' });
    expect(read.body).toMatchObject({ form: 'procurement/1', narrative: { by: 'service' } });
    const text = await open(platform.privateKey, { caseId, field: 'narrative' }, read.body.narrative as Sealed);
    expect(JSON.parse(text)).toEqual(answers);
  });

  it.each([
    ['a missing answer', { form: 'procurement/1', answers: { stage: 'award' } }, 'form_not_filled', 'answers.what'],
    ['another category', { form: 'procurement/1', answers, category: 'gift' }, 'form_not_filled', 'category'],
    ['an unknown form', { form: 'procurement/7', answers }, 'unknown_form', 'form'],
    ['answers without a form', { answers }, 'invalid_input', 'form'],
    ['answers and a text', { form: 'procurement/1', answers, narrative: 'x' }, 'told_twice', 'narrative'],
  ])('refuses %s, naming the field and not the value', async (_, body, code, field) => {
    const { status, body: problem } = await submit({ ...facts, ...body });
    expect([status, problem.code, problem.fields[0].field]).toEqual([
      code === 'invalid_input' ? 400 : 422,
      code,
      field,
    ]);
    expect(JSON.stringify(problem)).not.toContain('CANARY');
  });
});

describe('a flood of reports', () => {
  let platform: TestPlatform;
  const submit = (work?: string) =>
    platform.call('reporting', '/v1/reports', {
      body: { ...facts, narrative: 'text', ...(work ? { work } : {}) },
    });
  const challenge = async (): Promise<Challenge | null> =>
    (await platform.call('reporting', '/v1/channels/default/work')).body.work as Challenge | null;
  const encoded = (given: object): string => Buffer.from(JSON.stringify(given)).toString('base64');
  let receiptCode: string;

  beforeAll(async () => {
    platform = await startPlatform('flood', ['reporting'], { FLOOD_PER_MINUTE: '5' });
  }, 120_000);
  afterAll(() => platform?.stop());

  it('costs nothing while there is none', async () => {
    expect(await challenge()).toBeNull();
    const answer = await submit();
    expect(answer.status).toBe(201);
    receiptCode = answer.body.receiptCode as string;
  });

  it('makes each further report cost work, solved once and by whoever asked', async () => {
    for (let i = 0; i < 5; i += 1) await submit();
    const refused = await submit();
    expect([refused.status, refused.body.code]).toEqual([428, 'work_needed']);
    const work = (await challenge())!;
    const solution = (await solveChallenge({ challenge: work, deriveKey }))!;
    const solved = encoded({ challenge: work, solution });
    expect((await submit(solved)).status).toBe(201);
    const again = await submit(solved);
    expect([again.status, again.body.code]).toEqual([422, 'work_not_done']);
  }, 60_000);

  it.each<[string, (work: Challenge) => string]>([
    ['nothing that can be read', () => 'AAAA'],
    ['a guess', (work) => encoded({ challenge: work, solution: { counter: 1, derivedKey: '0'.repeat(64) } })],
    [
      'a challenge made easier',
      (work) =>
        encoded({
          challenge: { ...work, parameters: { ...work.parameters, keyPrefix: '0' } },
          solution: { counter: 1, derivedKey: '0'.repeat(64) },
        }),
    ],
    ['no challenge', () => encoded({ solution: { counter: 1, derivedKey: '00' } })],
  ])('takes %s for no work', async (_, made) => {
    const { status, body } = await submit(made((await challenge())!));
    expect([status, body.code]).toEqual([422, 'work_not_done']);
  });

  it('never stands between a person and their report', async () => {
    const { status } = await platform.call('reporting', '/v1/reports/status', { body: { receiptCode } });
    expect(status).toBe(200);
  });
});
