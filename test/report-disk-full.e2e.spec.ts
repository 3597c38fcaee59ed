import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Servers, startServers } from '@aiqyn/local';
import { eventually } from './harness/eventually.js';
import { draftReport, takeSteps, worked } from './harness/national-report.js';
import { type Answer, startPlatform, type TestPlatform } from './harness/platform.js';

const SERVICE = 'report-compilation';

/** A mongod of its own: the one of the other suites must not run out of space under them. */
describe('a build whose store has no space left', () => {
  let servers: Servers;
  let platform: TestPlatform;
  let dir: string;
  const shared = process.env['MONGODB_URI'];

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'aiqyn-disk-full-'));
    delete process.env['MONGODB_URI'];
    servers = await startServers({ dir, log: () => undefined, ephemeral: true });
    process.env['MONGODB_URI'] = servers.mongo.address;
    platform = await startPlatform('disk-full', [SERVICE], { LEASE_SECONDS: '3', SESSION_TIMEOUT_MS: '6000' });
    platform.setClock('2026-01-20T06:00:00Z');
  }, 180_000);
  afterAll(async () => {
    await platform?.stop();
    await servers?.stop();
    process.env['MONGODB_URI'] = shared;
    rmSync(dir, { recursive: true, force: true });
  }, 60_000);

  const database = () => platform.environment.database(SERVICE);
  /** As on a full disk: no file of mongod may grow beyond what any of them has. */
  const fillUp = async (): Promise<void> => {
    const { pid } = (await database().admin().serverStatus()) as { pid: { toString(): string } };
    await promisify(execFile)('prlimit', ['--pid', String(pid), '--fsize=8192']);
  };
  const health = (): Promise<Answer> => platform.call(SERVICE, '/health/ready');

  it('leaves the edition in its state, says so, and is done once with the same package when there is space', async () => {
    const id = await draftReport(platform, 2025);
    await takeSteps(platform, id, 'collection', 'compilation');
    const before = (await worked(platform, id)).build!.manifestSha256;
    const row = () =>
      database()
        .collection<{ _id: string; job?: { doing: string } }>('national_reports')
        .findOne({ _id: id }) as Promise<unknown> as Promise<{
        job?: { doing: string };
        history: { step: string }[];
        build: { id: string; files: { path: string; sha256: string }[] };
      }>;
    const path = `/v1/national-reports/${id}`;
    const begun = await platform.call(SERVICE, `${path}/compilation`, { as: 'editor', method: 'POST' });
    expect(begun.status).toBe(202);
    await eventually(async () => expect((await row()).job?.doing).not.toBe('waiting'), 30_000);
    await fillUp();
    await eventually(async () => expect((await health()).status).toBe(503), 60_000);
    await servers.mongo.restart!();
    await eventually(async () => expect((await health()).status).toBe(200), 60_000);
    const { build, state } = await worked(platform, id);
    expect([build!.manifestSha256, state]).toEqual([before, 'compiled']);
    const { history, build: stored } = await row();
    expect(history.map(({ step }) => step)).toEqual(['draft', 'collected', 'assessed', 'compiled', 'compiled']);
    for (const { path: name, sha256 } of stored.files) {
      const files = await database()
        .collection('packages.files')
        .find({ filename: `${stored.id}/${name}` })
        .toArray();
      expect({
        name,
        hashes: [...new Set(files.map(({ metadata }) => (metadata as { sha256: string }).sha256))],
      }).toEqual({
        ...{ name, hashes: [sha256] },
      });
    }
    expect((await platform.call(SERVICE, `${path}/draft/manifest.json`, { as: 'editor' })).status).toBe(200);
  }, 240_000);
});
