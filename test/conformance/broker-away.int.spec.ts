import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Servers, startServers } from '@aiqyn/local';
import { PlatformConfig, type RunningService, startService, UNSENT } from '@aiqyn/platform';
import { type TestEnvironment, testEnvironment } from '../harness/environment.js';
import { eventually } from '../harness/eventually.js';
import { things } from '../harness/things.js';

/** A broker of its own: the one of the other suites must not be killed under them. */
describe('a broker that is away for a minute', () => {
  let servers: Servers;
  let service: RunningService;
  let environment: TestEnvironment;
  let dir: string;
  const shared = process.env['KAFKA_BROKERS'];

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'aiqyn-away-'));
    delete process.env['KAFKA_BROKERS'];
    servers = await startServers({ dir, log: () => undefined, ephemeral: true });
    process.env['KAFKA_BROKERS'] = servers.kafka.address;
    environment = await testEnvironment('away');
    service = await startService(
      { name: 'compliance', module: things, config: PlatformConfig },
      environment.env('compliance', 'http://localhost:1'),
    );
  }, 120_000);

  afterAll(async () => {
    await service?.stop();
    await environment?.stop();
    await servers?.stop();
    process.env['KAFKA_BROKERS'] = shared;
    rmSync(dir, { recursive: true, force: true });
  }, 60_000);

  const make = async (n: number): Promise<number> =>
    (
      await fetch(`${service.url}/v1/things`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ n }),
      })
    ).status;
  const effects = () => environment.database('compliance').collection('effects').countDocuments();

  it('keeps accepting, and sends and handles everything once when the broker is back', async () => {
    expect(await make(0)).toBe(201);
    await eventually(async () => expect(await effects()).toBe(1));
    await servers.kafka.kill!();
    const end = Date.now() + 60_000;
    let made = 1;
    // Requests go on for the whole minute: this is the outage itself, not a wait for something.
    while (Date.now() < end) {
      expect(await make(made)).toBe(201);
      made += 1;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    await servers.kafka.restart!();
    await eventually(async () => expect(await effects()).toBe(made), 90_000);
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
    expect(await environment.database('compliance').collection('journal').countDocuments(UNSENT)).toBe(0);
  }, 240_000);
});
