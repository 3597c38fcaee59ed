import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './harness/eventually.js';
import { startPlatform, type TestPlatform } from './harness/platform.js';

const release = (ocid: string, numberOfTenderers: number) => ({
  ...{ ocid, date: '2025-08-01T02:20:02+05:00', buyer: { id: 'B' } },
  tender: {
    ...{ status: 'complete', procurementMethod: 'open', numberOfTenderers },
    items: [{ classification: { scheme: 'CPV', id: '45233141' } }],
  },
});
const about = { category: 'procurement', region: 'KZ-75', organisationBin: '050540000016' };

describe('a finding of risk-analysis becomes a case', () => {
  let platform: TestPlatform;
  let caseId: string;
  const refer = (flag: string, body: object = about, as = 'analyst') =>
    platform.call('risk-analysis', `/v1/flags/${flag}/referral`, { as, body });
  const office = (as: string, path: string, body: object = {}) =>
    platform.call('reporting', `/v1/${path}`, { as, body });
  const file = async (as = 'triage-officer') =>
    (await platform.call('reporting', `/v1/cases/${caseId}`, { as })).body as Record<string, unknown>;

  beforeAll(async () => {
    platform = await startPlatform('findings', ['reporting', 'risk-analysis']);
    const later = { ...release('ocds-two', 2), date: '2026-03-01T00:00:00Z' };
    const body = { releases: [release('ocds-one', 1), release('ocds-two', 1)] };
    const imported = await platform.call('risk-analysis', '/v1/procurement/releases?origin=generated', {
      ...{ as: 'registry', body },
    });
    expect(imported.status).toBe(200);
    await platform.call('risk-analysis', '/v1/procurement/releases?origin=generated', { as: 'registry', body: later });
  }, 120_000);
  afterAll(() => platform?.stop());

  it('once, when an analyst refers a flag that is triggered', async () => {
    expect((await refer('ocds-two:R018')).body.code).toBe('not_triggered');
    expect((await refer('ocds-none:R018')).status).toBe(404);
    expect((await refer('ocds-one:R018', about, 'auditor')).status).toBe(403);
    expect((await refer('ocds-one:R018', { ...about, region: 'KZ-99' })).status).toBe(400);
    const referred = await refer('ocds-one:R018');
    expect(referred.status).toBe(201);
    caseId = referred.body.findingId as string;
    expect((await refer('ocds-one:R018')).body.code).toBe('already_done');
    await eventually(async () =>
      expect(await file()).toMatchObject({
        ...{ state: 'in-triage', category: 'procurement', areaCode: 'roads', region: 'KZ-75' },
        finding: { kind: 'procurement-flag', subjectId: 'ocds-one:R018' },
      }),
    );
  });

  it('with nobody to whom anything is owed', async () => {
    expect(Object.keys(await file())).not.toEqual(expect.arrayContaining(['feedbackBy']));
    expect(
      await platform.environment
        .database('reporting')
        .collection('cases')
        .countDocuments({ watch: { $exists: true } }),
    ).toBe(0);
  });

  it('that goes the way of a case, without feedback and without a reward', async () => {
    const assigned = await office('supervisor', `cases/${caseId}/assignment`, {
      assignees: ['investigator', 'triage-officer'],
    });
    expect(assigned.status).toBe(200);
    await office('triage-officer', `cases/${caseId}/investigation-proposal`);
    expect((await office('supervisor', `cases/${caseId}/investigation`)).body.state).toBe('under-investigation');
    await office('investigator', `cases/${caseId}/findings`, { finding: 'substantiated' });
    await office('court-clerk', `cases/${caseId}/proceedings`);
    const decision = { outcome: 'decided-liable', legalForceDay: '2025-09-01', offenceClass: 'minor', damage: 100 };
    expect((await office('court-clerk', `cases/${caseId}/decision`, decision)).body.state).toBe('decided-liable');
    expect(await file()).not.toHaveProperty('reward');
    expect((await office('investigator', `cases/${caseId}/closure`)).body.state).toBe('closed');
  });
});
