import { onceFor } from '@aiqyn/client';
import { until } from '../processes.js';
import type { Offices } from './offices.js';
import { DEMO_YEAR, type YearClock } from './year.js';

export interface DemoOutcome {
  readonly nationalReportId: string;
  readonly edition: number;
}

/** Nine steps, from the approval on by persons who took none before; a worker seals and builds meanwhile. */
export async function releaseReport(
  offices: Offices,
  clock: YearClock,
  say: (line: string) => void,
): Promise<DemoOutcome> {
  const compilation = (client: string) => offices.as(client)['report-compilation'];
  const editor = compilation('editor');
  clock.at(1, 20, DEMO_YEAR + 1);
  const { data: drafted } = await editor.POST('/v1/national-reports', {
    body: { year: DEMO_YEAR },
    ...(await onceFor('draft')),
  });
  const params = { path: { id: drafted.nationalReportId } };
  const step = async (name: string) => ({ params, ...(await onceFor(name)) });
  const worked = (what: string): Promise<void> =>
    until(async () => {
      const { data: progress } = await editor.GET('/v1/national-reports/{id}/progress', { params });
      if (progress.job?.failed) throw new Error(`${what} failed: ${progress.job.failed} ${progress.job.field ?? ''}`);
      if (progress.working) throw new Error(`${what} is not done: ${progress.job?.doing}`);
    }, 120_000);
  await editor.POST('/v1/national-reports/{id}/collection', { ...(await step('collection')), body: {} });
  await editor.POST('/v1/national-reports/{id}/assessment', await step('assessment'));
  await worked('sealing');
  await editor.POST('/v1/national-reports/{id}/compilation', await step('compilation'));
  await worked('building');
  say('  National Report: sealed, numbers computed, small ones withheld, package built and signed');
  await editor.POST('/v1/national-reports/{id}/hearing', {
    ...(await step('hearing')),
    body: { ground: 'demonstration: no public took part' },
  });
  clock.at(2, 1, DEMO_YEAR + 1);
  await compilation('approver').POST('/v1/national-reports/{id}/approval', {
    ...(await step('approval')),
    body: { ground: 'demonstration' },
  });
  clock.at(3, 1, DEMO_YEAR + 1);
  const submitter = compilation('submitter');
  await submitter.POST('/v1/national-reports/{id}/submission', { ...(await step('submission')), body: {} });
  await submitter.POST('/v1/national-reports/{id}/submission-receipt', {
    ...(await step('submission-receipt')),
    body: { receiptNumber: `DEMO-${DEMO_YEAR}` },
  });
  clock.at(4, 1, DEMO_YEAR + 1);
  await compilation('publisher').POST('/v1/national-reports/{id}/publication', {
    ...(await step('publication')),
    body: {},
  });
  return drafted;
}
