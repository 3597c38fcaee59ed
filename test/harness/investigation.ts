import type { Answer, TestPlatform } from './platform.js';

/** Proposes, assigns and approves the investigation of a report in triage; answers what the approval answered. */
export async function openInvestigation(
  platform: TestPlatform,
  reportId: string,
  assignees = ['investigator', 'triage-officer'],
): Promise<Answer> {
  const step = (as: string, path: string, body?: object): Promise<Answer> =>
    platform.call('reporting', path, { as, body, method: 'POST' });
  await step('triage-officer', `/v1/cases/${reportId}/investigation-proposal`);
  await step('supervisor', `/v1/cases/${reportId}/assignment`, { assignees });
  return step('supervisor', `/v1/cases/${reportId}/investigation`);
}
