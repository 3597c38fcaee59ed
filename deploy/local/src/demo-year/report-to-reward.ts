import { onceFor } from '@aiqyn/client';
import type { Offices } from './offices.js';
import { AREAS, BINS, dayOf, pick, type Totals } from './year.js';

const CATEGORIES = [
  ...(['bribery', 'procurement', 'abuse-of-office'] as const),
  ...(['embezzlement', 'gift', 'conflict-of-interest'] as const),
] as const;
const REGIONS = ['KZ-75', 'KZ-71', 'KZ-79', 'KZ-35', 'KZ-63', 'KZ-11'] as const;
const CLASSES = ['minor', 'medium', 'grave', 'administrative'] as const;

/** One report of a month, and what the offices make of it: nothing, a rejection, a case, a decision, a reward. */
export async function playReport(offices: Offices, totals: Totals, month: number, i: number): Promise<void> {
  const n = totals.reports;
  const step = `report ${month} ${i}`;
  const reporting = (client: string) => offices.as(client).reporting;
  const { data: report } = await offices.citizen.reporting.POST('/v1/reports', {
    body: {
      category: pick(CATEGORIES, n),
      mode: n % 3 === 0 ? 'confidential' : 'anonymous',
      areaCode: pick(AREAS, n),
      region: pick(REGIONS, n),
      ...(n % 2 === 0 ? { organisationBin: pick(BINS, n), allegedAmount: (n + 1) * 1_000_000 } : {}),
      narrative: `Demonstration report no. ${n + 1}. No person or body is meant.`,
      ...(n % 3 === 0 ? { contact: 'demonstration only' } : {}),
    },
    ...(await onceFor(step)),
  });
  totals.reports += 1;
  const of = async (what: string) => ({
    params: { path: { id: report.reportId } },
    ...(await onceFor(`${step} ${what}`)),
  });
  await reporting('intake-officer').POST('/v1/cases/{id}/acknowledgement', await of('ack'));
  if (n % 2 === 1) return;
  const triage = reporting('triage-officer');
  await triage.POST('/v1/cases/{id}/triage', await of('triage'));
  if (n % 4 === 2) {
    const body = { reason: 'insufficient', feedback: 'too-little-to-go-on' } as const;
    await triage.POST('/v1/cases/{id}/rejection', { ...(await of('reject')), body });
    return;
  }
  await triage.POST('/v1/cases/{id}/investigation-proposal', await of('investigation-proposal'));
  const body = { assignees: [await offices.subject('investigator')] };
  await reporting('supervisor').POST('/v1/cases/{id}/assignment', { ...(await of('assignment')), body });
  await reporting('supervisor').POST('/v1/cases/{id}/investigation', await of('case'));
  totals.cases += 1;
  if (n % 8 === 0) await decide(offices, totals, report, n, month, step);
}

async function decide(
  offices: Offices,
  totals: Totals,
  { reportId: id, receiptCode }: { readonly reportId: string; readonly receiptCode: string },
  n: number,
  month: number,
  step: string,
): Promise<void> {
  const reporting = (client: string) => offices.as(client).reporting;
  const of = async (what: string) => ({ params: { path: { id } }, ...(await onceFor(`${step} ${what}`)) });
  await reporting('investigator').POST('/v1/cases/{id}/findings', {
    ...(await of('findings')),
    body: { finding: 'substantiated' },
  });
  await reporting('court-clerk').POST('/v1/cases/{id}/proceedings', await of('proceedings'));
  const liable = n % 24 !== 0;
  await reporting('court-clerk').POST('/v1/cases/{id}/decision', {
    ...(await of('decision')),
    body: {
      outcome: liable ? 'decided-liable' : 'decided-not-liable',
      legalForceDay: dayOf(month, 1),
      ...(liable ? { offenceClass: pick(CLASSES, n / 8), damage: (n / 8) * 90_000_000 } : {}),
    },
  });
  totals.decided += 1;
  if (!liable) return;
  const officer = reporting('reward-officer');
  await officer.POST('/v1/cases/{id}/reward/eligibility', { ...(await of('reward/eligibility')), body: {} });
  await officer.POST('/v1/cases/{id}/reward', { ...(await of('reward')), body: {} });
  totals.rewards += 1;
  await reporting('reward-approver').POST('/v1/cases/{id}/reward/approval', await of('reward/approval'));
  // Every other reporter has claimed by now and is paid.
  if (totals.rewards % 2 === 0) return;
  await offices.citizen.reporting.POST('/v1/reports/claim', {
    body: { receiptCode },
    ...(await onceFor(`${step} claim`)),
  });
  await reporting('custodian').POST('/v1/cases/{id}/reward/identity', { ...(await of('reward/identity')), body: {} });
  await reporting('treasurer').POST('/v1/cases/{id}/reward/payment', { ...(await of('reward/payment')), body: {} });
}
