import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Child, freePort, ready, ROOT, startChild } from '@aiqyn/local';
import { UNSENT } from '@aiqyn/platform';
import { type TestEnvironment, testEnvironment } from '../harness/environment.js';
import { eventually } from '../harness/eventually.js';

const STEPS = [
  'write-before-the-rows:2',
  'write-before-the-commit:2',
  'write-after-the-commit:2',
  'send-before-the-broker:2',
  'send-before-the-delete:2',
  'send-after-the-delete:2',
  'receive-before-the-effect:2',
  'receive-before-the-commit:2',
  'receive-before-the-offset:2',
];
const THINGS = 30;

describe('a service that writes, sends and receives', () => {
  let environment: TestEnvironment;
  let dir: string;
  const children: Child[] = [];

  const begin = async (name: string): Promise<void> => {
    environment = await testEnvironment(name);
    dir = mkdtempSync(join(tmpdir(), 'aiqyn-crash-'));
  };
  const start = async (crashAt = ''): Promise<{ child: Child; url: string }> => {
    const port = await freePort();
    const child = startChild(
      dir,
      `service-${children.length}`,
      process.execPath,
      [join(ROOT, 'test/dist/harness/crashing-service.js')],
      {
        ...environment.env('compliance', 'http://localhost:1'),
        PATH: process.env['PATH'],
        PORT: String(port),
        LOG_LEVEL: 'warn',
        LEASE_SECONDS: '3',
        SESSION_TIMEOUT_MS: '6000',
        CRASH_AT: crashAt,
      },
    );
    children.push(child);
    await ready(child, port, dir).catch((error: unknown) => {
      // Some steps are passed by while it starts.
      if (!crashAt) throw error;
    });
    return { child, url: `http://localhost:${port}/v1/things` };
  };
  /** Posts until it is answered with 201, or the process is gone; whether it was answered. */
  const post = async (url: string, n: number, key: string): Promise<boolean> => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ n }),
        signal: AbortSignal.timeout(5_000),
      });
      return response.status === 201;
    } catch {
      return false;
    }
  };
  const published = async (): Promise<string[]> => {
    const ids: string[] = [];
    const consumer = environment.kafka.consumer({ groupId: `${environment.prefix}watch-${randomUUID()}` });
    await consumer.connect();
    await consumer.subscribe({ topic: `${environment.prefix}compliance.events`, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        ids.push(String(message.headers?.['ce_id']));
        return Promise.resolve();
      },
    });
    try {
      await eventually(() => expect(new Set(ids).size).toBe(THINGS));
    } finally {
      await consumer.disconnect();
    }
    return ids;
  };
  const eachOnce = async (): Promise<void> => {
    const db = environment.database('compliance');
    await eventually(async () => expect(await db.collection('effects').countDocuments()).toBe(THINGS), 40_000);
    expect((await db.collection('things').distinct('n')).length).toBe(THINGS);
    expect(await db.collection('things').countDocuments()).toBe(THINGS);
    expect(await db.collection('parked_events').countDocuments()).toBe(0);
    await eventually(async () => expect(await db.collection('journal').countDocuments(UNSENT)).toBe(0));
  };

  afterEach(async () => {
    for (const child of children) child.kill('SIGCONT');
    await Promise.all(children.splice(0).map((child) => child.stop(3_000)));
    await environment.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it.each(STEPS)('loses and doubles nothing when it is killed at %s', async (step) => {
    await begin('crash');
    const keys = Array.from({ length: THINGS }, () => randomUUID());
    const open = new Set(keys.keys());
    const first = await start(step);
    let running = true;
    void first.child.ended.then(() => (running = false));
    // One after the other, so that the step is passed by more than once; then all that are left together.
    for (const n of [...open]) if (running && (await post(first.url, n, keys[n]!))) open.delete(n);
    expect((await first.child.ended).signal).toBe('SIGKILL');
    const second = await start();
    await eventually(async () => {
      await Promise.all([...open].map(async (n) => (await post(second.url, n, keys[n]!)) && open.delete(n)));
      expect(open.size).toBe(0);
    });
    await eachOnce();
    expect((await published()).length).toBe(THINGS);
  });

  it('hands over when the holder of the lease is frozen, and takes no harm when it wakes', async () => {
    await begin('frozen');
    const holder = await start();
    const other = await start();
    await eventually(async () => expect(await post(holder.url, 0, randomUUID())).toBe(true));
    await eventually(async () =>
      expect(await environment.database('compliance').collection('effects').countDocuments()).toBe(1),
    );
    holder.child.kill('SIGSTOP');
    for (let n = 1; n < THINGS - 5; n += 1)
      await eventually(async () => expect(await post(other.url, n, `frozen-${environment.prefix}${n}`)).toBe(true));
    await eventually(async () =>
      expect(await environment.database('compliance').collection('journal').countDocuments(UNSENT)).toBe(0),
    );
    holder.child.kill('SIGCONT');
    for (let n = THINGS - 5; n < THINGS; n += 1)
      await eventually(async () => expect(await post(holder.url, n, `frozen-${environment.prefix}${n}`)).toBe(true));
    await eachOnce();
  });

  it('answers every request it took when it is told to stop under load, and loses none of them', async () => {
    await begin('stop');
    const { child, url } = await start();
    const answered = new Set<number>();
    let n = 0;
    const client = async (): Promise<void> => {
      while (n < THINGS) {
        const mine = (n += 1) - 1;
        if (await post(url, mine, `stop-${environment.prefix}${mine}`)) answered.add(mine);
      }
    };
    const load = Promise.all(Array.from({ length: 4 }, client));
    await eventually(() => expect(answered.size).toBeGreaterThan(3));
    child.kill('SIGTERM');
    await load;
    expect((await child.ended).signal).not.toBe('SIGKILL');
    const rows = await environment
      .database('compliance')
      .collection<{ _id: string; n: number }>('things')
      .find()
      .toArray();
    for (const mine of answered) expect(rows.map((r) => r.n)).toContain(mine);
    const again = await start();
    for (let mine = 0; mine < THINGS; mine += 1)
      await eventually(async () => expect(await post(again.url, mine, `stop-${environment.prefix}${mine}`)).toBe(true));
    await eachOnce();
  });
});
