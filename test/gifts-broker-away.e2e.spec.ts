import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Servers, startServers } from '@aiqyn/local';
import { isIin, withBinCheckDigit } from '@aiqyn/contracts';
import { readLog } from '@aiqyn/platform';
import { eventually } from './harness/eventually.js';
import { startPlatform, type TestPlatform } from './harness/platform.js';

const GIFTS = 20;
const OFFICIAL = Array.from({ length: 10 }, (_, i) => withBinCheckDigit(`8501013001${i}`)).find(
  (iin) => iin && isIin(iin),
)!;

/** A broker of its own: the one of the other suites must not be killed under them. */
describe('gifts whose term runs out while the broker is away for an hour', () => {
  let servers: Servers;
  let platform: TestPlatform;
  let dir: string;
  const shared = process.env['KAFKA_BROKERS'];

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'aiqyn-gifts-away-'));
    delete process.env['KAFKA_BROKERS'];
    servers = await startServers({ dir, log: () => undefined, ephemeral: true });
    process.env['KAFKA_BROKERS'] = servers.kafka.address;
    platform = await startPlatform('gifts-away', ['compliance'], { LEASE_SECONDS: '3' });
    platform.setClock('2024-02-21T07:00:00Z');
  }, 180_000);
  afterAll(async () => {
    await platform?.stop();
    await servers?.stop();
    process.env['KAFKA_BROKERS'] = shared;
    rmSync(dir, { recursive: true, force: true });
  }, 60_000);

  const overdue = async (): Promise<number> => {
    const token = await platform.issuer.token('auditor', ['auditor']);
    const headers = { authorization: `Bearer ${token}` };
    const { body } = await platform.call('compliance', '/v1/gifts?limit=200&state=overdue', { headers });
    return (body.items as object[]).length;
  };

  it('are overdue on their day, and each is said once when the broker is back, with two replicas and a crash', async () => {
    const token = await platform.issuer.token('compliance-officer', ['compliance-officer']);
    const day = '2024-02-21';
    const gift = {
      ...{ officialIin: OFFICIAL, organisationBin: '050540000016', sector: 'state', recipient: 'official' },
      ...{ receipt: 'knowing', receivedDay: day, knownDay: day, kind: 'thing', giver: { kind: 'unknown' } },
    };
    await eventually(async () => {
      const { status } = await platform.call('compliance', '/v1/gifts', {
        body: gift,
        headers: { authorization: `Bearer ${token}` },
      });
      expect(status).toBe(201);
    });
    const more = Array.from({ length: GIFTS - 1 }, () =>
      platform.call('compliance', '/v1/gifts', { body: gift, headers: { authorization: `Bearer ${token}` } }),
    );
    for (const { status } of await Promise.all(more)) expect(status).toBe(201);
    await platform.replica('compliance');

    // The last day is 28 February; its end comes half an hour after the broker went.
    platform.setClock('2024-02-28T18:30:00Z');
    await servers.kafka.kill!();
    expect(await overdue()).toBe(0);
    platform.setClock('2024-02-28T19:00:01Z');
    await eventually(async () => expect(await overdue()).toBe(GIFTS), 60_000);
    platform.setClock('2024-02-28T19:30:00Z');
    await servers.kafka.restart!();
    await platform.crash('compliance');
    await eventually(async () => {
      const said: string[] = [];
      const { kafka, prefix } = platform.environment;
      await readLog(kafka, [`${prefix}compliance.events`], `${prefix}read-${randomUUID()}`, ({ envelope, data }) => {
        if (envelope.type === 'compliance.gift.overdue.v1') said.push((data as { giftId: string }).giftId);
      });
      expect([said.length, new Set(said).size]).toEqual([GIFTS, GIFTS]);
    }, 120_000);
  }, 300_000);
});
