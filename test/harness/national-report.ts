import { eventually } from './eventually.js';
import type { Answer, TestPlatform } from './platform.js';

/** The way of an edition, as those who take its steps call it. */
export const STEPS = [
  ['editor', 'collection', {}],
  ['editor', 'assessment', undefined],
  ['editor', 'compilation', undefined],
  ['editor', 'hearing', { ground: 'the draft was open to everybody for a month' }],
  ['approver', 'approval', { ground: 'agrees with what the bodies delivered' }],
  ['submitter', 'submission', {}],
  ['submitter', 'submission-receipt', { receiptNumber: 'AP-2026/17' }],
  ['publisher', 'publication', {}],
] as const;
export type StepName = (typeof STEPS)[number][1];

export const draftReport = async (
  platform: TestPlatform,
  year: number,
  more: { readonly corrects?: string; readonly ground?: string } = {},
): Promise<string> => {
  const answer = await platform.call('report-compilation', '/v1/national-reports', {
    as: 'editor',
    body: { year, ...more },
  });
  return (answer.body as { nationalReportId: string }).nationalReportId;
};

export interface Progress {
  readonly working: boolean;
  readonly state: string;
  readonly job?: object;
  readonly build?: { readonly manifestSha256: string; readonly checks: Readonly<Record<string, boolean>> };
}

/** Waits for what a worker does; gives the progress as it is then. */
export const worked = (platform: TestPlatform, id: string): Promise<Progress> =>
  eventually(async () => {
    const answer = await platform.call('report-compilation', `/v1/national-reports/${id}/progress`, { as: 'editor' });
    const progress = answer.body as Progress;
    if (answer.status !== 200 || progress.working) throw new Error(`working: ${JSON.stringify(progress)}`);
    return progress;
  }, 60_000);

/** Takes a step, as its office and with what it needs; for work that goes on in a worker, until it is done. */
export async function takeStep(platform: TestPlatform, id: string, name: StepName): Promise<Answer> {
  const [as, , body] = STEPS.find((step) => step[1] === name)!;
  const answer = await platform.call('report-compilation', `/v1/national-reports/${id}/${name}`, {
    ...{ as, method: 'POST' },
    ...(body === undefined ? {} : { body }),
  });
  if (answer.status !== 202) return answer;
  const { job } = await worked(platform, id);
  if (job) throw new Error(`${name}: ${JSON.stringify(job)}`);
  return answer;
}

/** Takes an edition from where it is up to a step; throws when one is refused. */
export async function takeSteps(platform: TestPlatform, id: string, from: StepName, to: StepName): Promise<void> {
  const names = STEPS.map((step) => step[1]);
  for (const name of names.slice(names.indexOf(from), names.indexOf(to) + 1)) {
    const answer = await takeStep(platform, id, name);
    if (answer.status >= 300) throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
}

/** An edition of a year that is published. */
export async function publishReport(platform: TestPlatform, year: number): Promise<string> {
  const id = await draftReport(platform, year);
  await takeSteps(platform, id, 'collection', 'publication');
  return id;
}
