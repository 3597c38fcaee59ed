import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allTopics } from '@aiqyn/contracts';
import { ROOT } from '@aiqyn/local';
import { COLLECTIONS } from '@aiqyn/platform';
import { type TestEnvironment, testEnvironment } from './harness/environment.js';

const run = promisify(execFile);

describe('main.js --prepare', () => {
  let environment: TestEnvironment;
  beforeAll(async () => {
    environment = await testEnvironment('prepare');
  });
  afterAll(() => environment.stop());

  it('makes collections, indexes and topics, schedules nothing, and ends; said again it changes nothing', async () => {
    const env = {
      PATH: process.env['PATH'],
      ...environment.env('compliance', 'http://127.0.0.1:1', { PERSON_KEY: randomBytes(32).toString('base64url') }),
    };
    const prepare = () => run(process.execPath, [join(ROOT, 'services/compliance/dist/main.js'), '--prepare'], { env });
    await prepare();
    await prepare();
    const db = environment.database('compliance');
    expect(await db.collection(COLLECTIONS.inbox).indexExists('ids_1')).toBe(true);
    expect(await db.collection('gifts').indexes()).not.toHaveLength(0);
    expect(await db.collection(COLLECTIONS.timers).countDocuments()).toBe(0);
    const admin = environment.kafka.admin();
    await admin.connect();
    const topics = new Set(await admin.listTopics());
    await admin.disconnect();
    expect(allTopics().filter((topic) => !topics.has(environment.prefix + topic))).toEqual([]);
  });
});
