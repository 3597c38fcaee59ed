import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './harness/eventually.js';
import { startPlatform, type TestPlatform } from './harness/platform.js';

const release = (ocid: string, days: number) => ({
  ...{ ocid, date: '2026-01-01T00:00:00Z', tag: ['compiled'] },
  tender: {
    ...{ procurementMethod: 'open', numberOfTenderers: 3 },
    tenderPeriod: {
      startDate: '2025-11-01T00:00:00Z',
      endDate: new Date(Date.UTC(2025, 10, 1 + days)).toISOString(),
    },
  },
});

interface Definition {
  code: string;
  version: number;
  status: string;
  parameters: { validFrom: string; validTo?: string; values: Record<string, unknown> }[];
}

describe('an indicator that is changed', () => {
  let platform: TestPlatform;
  let shipped: Definition;
  const call = (as: string, path: string, body?: unknown) =>
    platform.call('risk-analysis', `/v1/${path}`, { as, ...(body === undefined ? {} : { body: body as object }) });
  const flagged = async (more = ''): Promise<string[]> =>
    ((await call('analyst', `flags?indicator=R003${more}`)).body.items as { ocid: string }[]).map((f) => f.ocid).sort();
  const next = async (): Promise<void> => {
    // The demo clock stands still: a replay begins when no import that read the old definition can be under way any more.
    await eventually(async () => expect((await call('analyst', 'indicators/R003/replay')).body.done).toBe(true));
  };
  const withThreshold = (threshold: number, more: object = {}): object => {
    const {
      code,
      version: _v,
      status: _s,
      author: _a,
      approver: _p,
      ...asked
    } = shipped as Definition & {
      author: string;
      approver: string;
    };
    return { code, ...asked, parameters: [{ validFrom: '2015-01-01', values: { threshold, methods: [] } }], ...more };
  };

  beforeAll(async () => {
    platform = await startPlatform('indicators', ['risk-analysis']);
    platform.setClock('2026-02-02T06:00:00Z');
    const body = { releases: [release('ocds-10', 10), release('ocds-17', 17), release('ocds-25', 25)] };
    await platform.call('risk-analysis', '/v1/procurement/releases?origin=generated', { as: 'registry', body });
    const { body: all } = await call('analyst', 'indicators');
    expect(all.items).toHaveLength(42);
    shipped = (all.items as Definition[]).find((d) => d.code === 'R003')!;
  }, 120_000);
  afterAll(() => platform?.stop());

  it('judges as it is shipped, until another person puts a draft in force', async () => {
    expect(await flagged()).toEqual(['ocds-10']);
    const proposed = await call('analyst', 'indicators', withThreshold(20));
    expect([proposed.status, proposed.body]).toEqual([201, { code: 'R003', version: 2 }]);
    expect((await call('registry', 'indicators', withThreshold(20))).status).toBe(403);
    const approve = (as: string) => call(as, 'indicators/R003/versions/2/approval', {});
    expect((await approve('analyst')).status).toBe(403);
    expect((await call('method-approver', 'indicators/R003/versions/9/approval', {})).status).toBe(404);
    expect((await approve('method-approver')).body).toMatchObject({ status: 'active' });
    expect((await approve('method-approver')).body.code).toBe('already_done');
  });

  it('judges what is stored anew, and keeps what was said before', async () => {
    platform.setClock('2026-02-03T06:00:00Z');
    await next();
    expect(await flagged()).toEqual(['ocds-10', 'ocds-17']);
    expect(await flagged('&asOf=2026-02-02')).toEqual(['ocds-10']);
    expect(await flagged('&asOf=2026-02-01')).toEqual([]);
    const { body } = await call('auditor', 'flags/ocds-17:R003');
    expect(body).toMatchObject({ indicatorVersion: 2, since: '2026-02-03', evidence: { version: 2 } });
    const row = await platform.environment
      .database('risk-analysis')
      .collection<{ _id: string; outcomes: Record<string, string> }>('releases')
      .findOne({ _id: 'ocds-17' });
    expect(row!.outcomes['R003']).toBe('triggered');
  });

  it('changes nothing before the first day of its parameters, and all that is stored on that day, across a crash', async () => {
    const later = [
      { validFrom: '2015-01-01', validTo: '2026-02-28', values: { threshold: 20, methods: [] } },
      { validFrom: '2026-03-01', values: { threshold: 5, methods: [] } },
    ];
    expect((await call('analyst', 'indicators', withThreshold(1, { parameters: later }))).body.version).toBe(3);
    await call('method-approver', 'indicators/R003/versions/3/approval', {});
    platform.setClock('2026-02-27T06:00:00Z');
    await next();
    expect(await flagged()).toEqual(['ocds-10', 'ocds-17']);
    platform.setClock('2026-03-01T06:00:00Z');
    await platform.crash('risk-analysis');
    await eventually(async () =>
      expect((await call('analyst', 'indicators/R003/replay')).body.of).toBe('3 from 2026-03-01'),
    );
    platform.setClock('2026-03-01T07:00:00Z');
    await next();
    expect(await flagged()).toEqual([]);
    expect(await flagged('&asOf=2026-02-28')).toEqual(['ocds-10', 'ocds-17']);
  });

  it.each<[string, unknown, string]>([
    ['no object', [], 'code (a rule of that name)'],
    ['a code without a rule', { code: 'R999' }, 'code (a rule of that name)'],
    ['a threshold of zero', { threshold: 0 }, 'parameters.0.threshold'],
    ['no Kazakh title', { title: { ru: 'x', en: 'x' } }, 'title.kk'],
    ['what it requires not read', { requires: '/awards' }, 'reads (lacks /awards)'],
  ])('is refused with the field: %s', async (_, wrong, field) => {
    const { threshold, ...more } = wrong as { threshold?: number };
    const body = Array.isArray(wrong) ? wrong : withThreshold(threshold ?? 9, more);
    const { status, body: problem } = await call('analyst', 'indicators', body);
    expect([status, problem.code, (problem.fields as { field: string }[])[0]!.field]).toEqual([
      ...[422, 'invalid_definition', field],
    ]);
  });
});
