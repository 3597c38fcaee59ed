import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Producer } from 'kafkajs';
import type { mongo } from 'mongoose';
import { RuleError, toHeaders } from '@aiqyn/contracts';
import { PlatformConfig, type RunningService, startService } from '@aiqyn/platform';
import { type TestEnvironment, testEnvironment } from '../harness/environment.js';
import { eventually } from '../harness/eventually.js';
import { type TestIssuer, startTestIssuer } from '../harness/issuer.js';
import { behaviour, type Effect, ledger } from '../harness/ledger.js';

const TYPE = 'compliance.gift.overdue.v1';
const body = (giftId: string) => ({ giftId, day: '2025-03-09', handOverBy: '2025-03-08' });

describe('the event server', () => {
  let environment: TestEnvironment;
  let issuer: TestIssuer;
  let service: RunningService;
  let producer: Producer;
  let effects: mongo.Collection<Effect>;
  let topic: string;

  const start = () =>
    startService(
      { name: 'risk-analysis', module: ledger, config: PlatformConfig },
      environment.env('risk-analysis', issuer.url),
    );

  const message = (key: string, sequence = 1, type = TYPE, value: string | null = JSON.stringify(body(key))) => ({
    key,
    value,
    headers: toHeaders({
      id: `${key}#${sequence}`,
      type,
      source: '/aiqyn/compliance',
      time: '2025-03-09T00:00:00.000Z',
      subject: key,
      sequence,
    }),
  });
  const send = (...messages: { key: string; value: string | null; headers: Record<string, string> }[]) =>
    producer.send({ topic, messages });
  const keysDone = async (): Promise<string[]> => (await effects.find().sort({ order: 1 }).toArray()).map((e) => e.key);
  const operator = async (path: string, method = 'GET'): Promise<Response> =>
    fetch(`${service.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${await issuer.token('op', ['operator'])}` },
    });
  const parked = async () =>
    (
      (await (await operator('/v1/parked-events?limit=200')).json()) as {
        items: { id: string; key: string; reason: string; details: string[] }[];
      }
    ).items;

  beforeAll(async () => {
    environment = await testEnvironment('receive');
    issuer = await startTestIssuer();
    topic = `${environment.prefix}compliance.events`;
    service = await start();
    effects = environment.database('risk-analysis').collection<Effect>('effects');
    producer = environment.kafka.producer();
    await producer.connect();
  });

  afterEach(() => {
    behaviour.before = () => undefined;
  });

  afterAll(async () => {
    await producer?.disconnect();
    await service?.stop();
    await issuer?.stop();
    await environment?.stop();
  });

  it('handles the events of a key in order, whatever their number', async () => {
    const keys = Array.from({ length: 20 }, (_, i) => `order-${i}`);
    for (let sequence = 1; sequence <= 25; sequence += 1) await send(...keys.map((k) => message(k, sequence)));
    await eventually(async () => expect(await effects.countDocuments({ key: /^order-/ })).toBe(500));
    for (const key of keys) {
      const rows = await effects.find({ key }).sort({ order: 1 }).toArray();
      expect(rows.map((r) => r.sequence)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
    }
  });

  it('does the effect once when the same event arrives again, together or later', async () => {
    await send(message('twice'), message('twice'));
    await eventually(async () => expect(await keysDone()).toContain('twice'));
    await send(message('twice'), message('after-twice'));
    await eventually(async () => expect(await keysDone()).toContain('after-twice'));
    expect(await effects.countDocuments({ key: 'twice' })).toBe(1);
    expect(await parked()).toEqual([]);
  });

  it('does the effect of each once where two act on an event', async () => {
    await send(message('for-two'));
    await eventually(async () => expect(await keysDone()).toContain('for-two'));
    const second = environment.database('risk-analysis').collection('second_effects');
    expect(await second.countDocuments({ key: 'for-two' })).toBe(1);
    expect(await parked()).toEqual([]);
  });

  it('passes by tombstones and types that nobody here handles', async () => {
    await send(
      message('none', 1, TYPE, null),
      message('none', 1, 'compliance.gift.invented.v9'),
      message('none', 1, 'compliance.goal.set.v1', '{}'),
      message('after-none'),
    );
    await eventually(async () => expect(await keysDone()).toContain('after-none'));
    expect(await parked()).toEqual([]);
  });

  it('parks what is no event, says why without the value, and goes on', async () => {
    await send(
      { key: 'no-headers', value: '{}', headers: {} },
      message('no-json', 1, TYPE, '{"giftId": "Айгүл'),
      message('wrong-day', 1, TYPE, JSON.stringify({ ...body('wrong-day'), day: 'tomorrow, says Айгүл' })),
      message('after-invalid'),
    );
    await eventually(async () => expect(await keysDone()).toContain('after-invalid'));
    const waiting = await eventually(async () => {
      const rows = await parked();
      expect(rows.map((r) => [r.key, r.reason, r.details]).sort()).toEqual([
        ['no-headers', 'not_a_cloudevent', ['ce_specversion']],
        ['no-json', 'not_json', []],
        ['wrong-day', 'schema_violation', ['day pattern']],
      ]);
      return rows;
    });
    expect(JSON.stringify(waiting)).not.toContain('Айгүл');
    for (const row of waiting) expect((await operator(`/v1/parked-events/${row.id}/discard`, 'POST')).status).toBe(200);
    expect(await parked()).toEqual([]);
  });

  it('parks a poisonous event and what follows of its key only; redrive does them in order', async () => {
    let poisonous = true;
    behaviour.before = ({ giftId }) => {
      if (giftId === 'poison' && poisonous) throw new RuleError('not_today', 'no');
    };
    await send(message('poison', 1), message('bystander', 1), message('poison', 2), message('bystander', 2));
    await send(message('poison', 3), message('bystander', 3));
    await eventually(async () => expect((await keysDone()).filter((k) => k === 'bystander')).toHaveLength(3));
    const waiting = await eventually(async () => {
      const rows = await parked();
      expect(rows.map((r) => r.reason)).toEqual(['refused_by_rule', 'behind_parked', 'behind_parked']);
      return rows;
    });
    expect(waiting.every((r) => r.key === 'poison')).toBe(true);

    expect(await (await operator(`/v1/parked-events/${waiting[0]!.id}/redrive`, 'POST')).json()).toEqual({
      handled: 0,
      left: 3,
    });
    poisonous = false;
    expect(await (await operator(`/v1/parked-events/${waiting[0]!.id}/redrive`, 'POST')).json()).toEqual({
      handled: 3,
      left: 0,
    });
    const rows = await effects.find({ key: 'poison' }).sort({ order: 1 }).toArray();
    expect(rows.map((r) => r.sequence)).toEqual([1, 2, 3]);
    await send(message('poison', 4));
    await eventually(async () => expect(await effects.countDocuments({ key: 'poison' })).toBe(4));
  });

  it('tries a passing failure again, and does the effect once', async () => {
    let failures = 3;
    behaviour.before = ({ giftId }) => {
      if (giftId === 'flaky' && failures > 0) {
        failures -= 1;
        throw new Error('passing');
      }
    };
    await send(message('flaky'));
    await eventually(async () => expect(await effects.countDocuments({ key: 'flaky' })).toBe(1));
    expect(await parked()).toEqual([]);
  });

  it('parks after its attempts are spent', async () => {
    let calls = 0;
    behaviour.before = ({ giftId }) => {
      if (giftId !== 'hopeless') return;
      calls += 1;
      throw new TypeError('always');
    };
    await send(message('hopeless'));
    const [row] = await eventually(async () => {
      const rows = await parked();
      expect(rows.map((r) => [r.key, r.reason, r.details])).toEqual([['hopeless', 'retries_spent', ['TypeError']]]);
      return rows;
    });
    expect(calls).toBe(5);
    await operator(`/v1/parked-events/${row!.id}/discard`, 'POST');
  });

  it('finishes the batch under way when it is told to stop, and goes on where it was', async () => {
    await send(...Array.from({ length: 400 }, (_, i) => message(`stop-${i}`)));
    await eventually(async () => expect(await effects.countDocuments({ key: /^stop-/ })).toBeGreaterThan(0));
    await service.stop();
    service = await start();
    await eventually(async () => expect(await effects.countDocuments({ key: /^stop-/ })).toBe(400));
    expect(await parked()).toEqual([]);
  });

  it('begins with a new consumer where kafkajs gave one up, and handles what came meanwhile', async () => {
    // What kafkajs calls when a busy broker names no coordinator of the group cannot be provoked at a healthy one.
    const server = service.eventServer as unknown as {
      consumer: unknown;
      beginAgain(consumer: unknown): Promise<void>;
    };
    const given = server.consumer;
    const again = server.beginAgain(given);
    await send(message('given-up'));
    await again;
    expect(server.consumer).not.toBe(given);
    await eventually(async () => expect(await keysDone()).toContain('given-up'), 30_000);
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
  }, 60_000);

  it('keeps every event once when a second replica joins and leaves under load', async () => {
    let stopSending = false;
    let sent = 0;
    const sending = (async () => {
      while (!stopSending) {
        await send(...Array.from({ length: 20 }, () => message(`join-${(sent += 1)}`)));
      }
    })();
    const second = await start();
    await eventually(async () => expect(await effects.countDocuments({ key: /^join-/ })).toBeGreaterThan(200));
    await second.stop();
    stopSending = true;
    await sending;
    await eventually(async () => expect(await effects.countDocuments({ key: /^join-/ })).toBe(sent), 60_000);
    expect(await parked()).toEqual([]);
  });

  it('keeps the audit log of what operators decided', async () => {
    const actions = await eventually(async () => {
      const rows = await environment
        .database('risk-analysis')
        .collection<{ entries: { action: string }[] }>('journal')
        .find({ first: { $exists: true } })
        .toArray();
      expect(rows.length).toBe(7);
      return rows.flatMap((row) => row.entries.map((entry) => entry.action));
    });
    expect(actions.sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'parked:discard'),
      ...Array.from({ length: 3 }, () => 'parked:redrive'),
    ]);
  });
});
