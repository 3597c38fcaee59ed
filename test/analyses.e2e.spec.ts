import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readLog } from '@aiqyn/platform';
import { eventually } from './harness/eventually.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const BIN = '050540000016';
const certificate = {
  ...{ from: '2025-01-01', to: '2025-12-31', sources: ['procurement', 'appeals'] },
  risks: [
    { factor: 'permits', place: 'art. 12', likelihood: 2, impact: 3, control: 'good' },
    { factor: 'discretion', place: 'art. 5', likelihood: 4, impact: 5, control: 'none' },
  ],
};
const recommendation = { indicator: 'R018', baseline: 0.5, target: 0.2, dueDay: '2026-12-01' };

describe('a corruption-risk analysis', () => {
  let platform: TestPlatform;
  let id: string;
  const call = (as: string, path: string, body: object | null = {}, department = BIN): Promise<Answer> =>
    platform.issuer.token(as, [as], { department }).then((token) =>
      platform.call('risk-analysis', `/v1/analyses${path}`, {
        ...(body === null ? {} : { body }),
        headers: { authorization: `Bearer ${token}` },
      }),
    );
  const begin = async (more: object = {}): Promise<Answer> =>
    call('analyst', '', {
      kind: 'external',
      objectBin: BIN,
      areaCode: 'roads',
      subject: 'land',
      group: ['analyst'],
      ...more,
    });
  const step = async (as: string, path: string, body?: object): Promise<unknown[]> => {
    const { status, body: answer } = await call(as, `/${id}/${path}`, body);
    return status === 200 ? [answer.state as string, answer.dueDay as string] : [status, answer.code as string];
  };
  const overdue = async (): Promise<string[]> => {
    const found: string[] = [];
    const { kafka, prefix } = platform.environment;
    await readLog(kafka, [`${prefix}risk-analysis.events`], `${prefix}read-${Math.random()}`, ({ envelope, data }) => {
      if (envelope.type === 'risk-analysis.analysis.overdue.v1')
        found.push(`${(data as { state: string }).state} ${(data as { dueDay: string }).dueDay}`);
    });
    return found;
  };

  beforeAll(async () => {
    platform = await startPlatform('analyses', ['risk-analysis', 'compliance']);
    platform.setClock('2026-02-02T06:00:00Z');
    await platform.replica('risk-analysis');
  }, 120_000);
  afterAll(() => platform?.stop());

  it('is refused where the law leaves it out, and for a number that is none', async () => {
    expect((await begin({ subject: 'justice' })).body.code).toBe('out_of_scope');
    expect((await begin({ objectBin: '050540000017' })).body.code).toBe('invalid_input');
    expect((await begin({ kind: 'internal', subject: 'justice' })).status).toBe(201);
  });

  it('is decided by both sides, by two persons', async () => {
    id = (await begin()).body.analysisId as string;
    expect(await step('analyst', 'collection')).toEqual([409, 'illegal_transition']);
    expect(await step('agency-head', 'decision')).toEqual(['proposed', null]);
    expect(await step('agency-head', 'decision')).toEqual([409, 'already_done']);
    expect((await call('object-head', `/${id}/decision`, {}, '000140000017')).status).toBe(404);
    expect(await step('object-head', 'decision')).toEqual(['decided', null]);
  });

  it('has thirty working days, fifteen more once, and says once that they are over', async () => {
    expect(await step('analyst', 'collection')).toEqual(['collecting', null]);
    expect(await step('agency-head', 'extension', { reason: 'scope-grew' })).toEqual([422, 'no_term']);
    expect(await step('analyst', 'analysis')).toEqual(['analysing', '2026-03-17']);
    expect(await step('agency-head', 'extension', { reason: 'scope-grew' })).toEqual(['analysing', '2026-04-10']);
    expect(await step('agency-head', 'extension', { reason: 'scope-grew' })).toEqual([409, 'already_done']);
    platform.setClock('2026-04-10T18:00:00Z');
    await platform.crash('risk-analysis');
    expect(await overdue()).toEqual([]);
    platform.setClock('2026-04-11T06:00:00Z');
    await eventually(async () => expect(await overdue()).toEqual(['analysing 2026-04-10']));
  }, 60_000);

  it('ends in a certificate that both sides sign, with the weightiest risk first', async () => {
    expect(
      (await step('analyst', 'certificate', { ...certificate, risks: [{ ...certificate.risks[0], impact: 6 }] }))[1],
    ).toBe('invalid_input');
    expect(await step('analyst', 'certificate', certificate)).toEqual(['drafted', '2026-04-24']);
    const { body } = await call('object-head', `/${id}`, null);
    const { risks } = body.certificate as { risks: { residual: number }[] };
    expect(risks.map((r) => r.residual)).toEqual([20, 1.2]);
    expect(await step('object-head', 'signature')).toEqual(['drafted', '2026-04-24']);
    expect(await step('agency-head', 'signature')).toEqual(['signed', null]);
  });

  it('recommends, and each recommendation becomes a goal', async () => {
    expect(
      await step('analyst', 'recommendations', { recommendations: [{ ...recommendation, dueDay: '2026-01-01' }] }),
    ).toEqual([422, 'day_in_past']);
    const recommendations = [recommendation, { ...recommendation, indicator: 'R003' }];
    expect(await step('analyst', 'recommendations', { recommendations })).toEqual(['recommended', '2026-04-24']);
    await eventually(async () => {
      const { body } = await platform.call('compliance', '/v1/goals', { as: 'programme-office' });
      expect((body.items as { indicator: string }[]).map((g) => g.indicator).sort()).toEqual(['R003', 'R018']);
    });
    expect(await step('object-head', 'plan-of-measures')).toEqual(['plan-agreed', '2026-07-13']);
  });

  it('is checked each quarter, says once when it is not, and is closed with the last measure', async () => {
    platform.setClock('2026-07-14T06:00:00Z');
    await eventually(async () => expect(await overdue()).toEqual(['analysing 2026-04-10', 'plan-agreed 2026-07-13']));
    const { body } = await call('analyst', `/${id}`, null);
    expect(body.dueDay).toBe('2026-10-13');
    const [first, second] = body.recommendations as { recommendationId: string }[];
    expect(await step('analyst', 'closure')).toEqual([422, 'open_recommendations']);
    expect(await step('analyst', 'checks', { recommendationId: first!.recommendationId, outcome: 'refused' })).toEqual([
      400,
      'invalid_input',
    ]);
    const refused = { recommendationId: first!.recommendationId, outcome: 'refused', reason: 'no-means' };
    expect(await step('analyst', 'checks', refused)).toEqual(['plan-agreed', '2026-10-14']);
    expect(await step('analyst', 'checks', { recommendationId: second!.recommendationId, outcome: 'done' })).toEqual([
      'closed',
      null,
    ]);
    expect(await overdue()).toHaveLength(2);
  });

  it('of another body is not seen by the head of this one', async () => {
    const own = await call('object-head', '', null);
    expect(own.body.items).toHaveLength(2);
    expect((await call('object-head', '', null, '000140000017')).body.items).toEqual([]);
    expect((await call('object-head', `/${id}`, null, '000140000017')).status).toBe(404);
  });
});
