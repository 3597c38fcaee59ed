import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readLog } from '@aiqyn/platform';
import { eventually } from './harness/eventually.js';
import { draftReport, type Progress, takeStep, takeSteps, worked } from './harness/national-report.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';
import { publishEvents, yearOfEvents } from './harness/year-of-events.js';

const SERVICE = 'report-compilation';
type Row = { readonly _id: string; readonly [field: string]: unknown };

describe('the seal and the build of an edition', () => {
  let platform: TestPlatform;
  const rows = (name: string) => platform.environment.database(SERVICE).collection<Row>(name);
  const stored = async (
    id: string,
  ): Promise<{ state: string; history: { step: string }[]; job?: { deaths?: number } }> =>
    (await rows('national_reports').findOne({ _id: id })) as never;
  const give = (id: string, step: string): Promise<Answer> =>
    platform.call(SERVICE, `/v1/national-reports/${id}/${step}`, { as: 'editor', method: 'POST' });
  const told = async (id: string): Promise<string[]> => {
    const found: string[] = [];
    const { kafka, prefix } = platform.environment;
    await readLog(kafka, [`${prefix}${SERVICE}.events`], `${prefix}read-${randomUUID()}`, ({ envelope }) => {
      if (envelope.subject === id) found.push(envelope.type.split('.').at(-2)!);
    });
    return found;
  };

  beforeAll(async () => {
    platform = await startPlatform('report-jobs', [SERVICE], { LEASE_SECONDS: '3', SESSION_TIMEOUT_MS: '6000' });
    platform.setClock('2026-01-20T06:00:00Z');
    const { kafka, prefix } = platform.environment;
    const events = await publishEvents(kafka, prefix, yearOfEvents(1_000, 2025));
    await eventually(async () => {
      const { counts } = (await platform.call(SERVICE, '/v1/facts/counts', { as: 'editor' })).body as {
        counts: Record<string, number>;
      };
      expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(events);
    }, 60_000);
  }, 180_000);
  afterAll(() => platform?.stop());

  it.each(['assessment', 'compilation'] as const)(
    'is done once when a process stops in the middle of the %s, another does it, and the first goes on',
    async (command) => {
      const [year, state] = command === 'assessment' ? [2024, 'assessed'] : [2025, 'compiled'];
      const id = await draftReport(platform, year);
      await takeSteps(platform, id, 'collection', command === 'assessment' ? 'collection' : 'assessment');
      expect((await give(id, command)).status).toBe(202);
      await eventually(async () => {
        const { job } = (await rows('national_reports').findOne({ _id: id })) as unknown as { job?: { doing: string } };
        expect(job === undefined ? 'over' : job.doing).not.toBe('waiting');
      }, 30_000);
      platform.signal(SERVICE, 'SIGSTOP');
      let second: { stop(): Promise<void> };
      try {
        second = await platform.replica(SERVICE);
        await eventually(async () => expect((await stored(id)).state).toBe(state), 60_000);
      } finally {
        platform.signal(SERVICE, 'SIGCONT');
      }
      const { build } = await worked(platform, id);
      // One more round of the first: what it finished too must change nothing.
      await takeSteps(platform, id, command === 'assessment' ? 'compilation' : 'hearing', 'hearing');
      await second.stop();
      const steps = (await stored(id)).history.map(({ step }) => step);
      expect(steps.filter((step) => step === state)).toHaveLength(1);
      await eventually(async () => expect(await told(id)).toContain('consulted'));
      expect((await told(id)).filter((type) => type === state)).toHaveLength(1);
      if (command === 'assessment') return;
      const { build: now, job } = (await rows('national_reports').findOne({ _id: id })) as unknown as {
        build: { id: string; files: { path: string; sha256: string }[]; manifestSha256: string };
        job?: object;
      };
      expect([now.manifestSha256, job]).toEqual([build!.manifestSha256, undefined]);
      // Of each file of the package there is one content only, whoever stored it.
      const files = await rows('packages.files')
        .find({ 'metadata.build': now.id } as never)
        .toArray();
      const contents = new Set(
        files.map(({ metadata }) => {
          const { path, sha256 } = metadata as { path: string; sha256: string };
          return `${path} ${sha256}`;
        }),
      );
      expect([...contents].sort()).toEqual(now.files.map(({ path, sha256 }) => `${path} ${sha256}`).sort());
      // And the whole of it is what a third process builds.
      await platform.crash(SERVICE);
      await takeStep(platform, id, 'compilation');
      expect((await worked(platform, id)).build!.manifestSha256).toBe(now.manifestSha256);
    },
    180_000,
  );

  it('is given up when a third worker dies on it, also when the processes did in between, and can be begun again', async () => {
    const id = await draftReport(platform, 2023);
    await takeSteps(platform, id, 'collection', 'compilation');
    const before = (await worked(platform, id)).build!.manifestSha256;
    // A row that nobody can read: every worker dies on it.
    const numbers = rows('report_numbers');
    const whole = (await numbers.findOne({ reportId: id } as never))!;
    await numbers.updateOne({ _id: whole._id }, { $unset: { number: 1 } } as never);
    expect((await give(id, 'compilation')).status).toBe(202);
    const deaths = (n: number) =>
      eventually(async () => expect((await stored(id)).job?.deaths ?? 0).toBeGreaterThanOrEqual(n), 60_000);
    await deaths(1);
    await platform.crash(SERVICE);
    const { job, state } = (await worked(platform, id)) as Progress & { job: { failed: string } };
    expect([job.failed, state]).toEqual(['worker_died', 'compiled']);
    // The third one, whoever counted the first: not three of the last process.
    expect((await stored(id)).job!.deaths).toBe(3);
    expect((await stored(id)).history.map(({ step }) => step)).toEqual(['draft', 'collected', 'assessed', 'compiled']);
    await numbers.replaceOne({ _id: whole._id }, whole);
    await takeStep(platform, id, 'compilation');
    expect((await worked(platform, id)).build!.manifestSha256).toBe(before);
  }, 180_000);
});
