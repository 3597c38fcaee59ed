import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Consumer } from 'kafkajs';
import type { Connection, mongo } from 'mongoose';
import { fromHeaders, RuleError } from '@aiqyn/contracts';
import {
  change,
  create,
  createLogger,
  GroupCommit,
  PlatformConfig,
  type RunningService,
  startService,
  Transactions,
  type Tx,
  UNSENT,
} from '@aiqyn/platform';
import {
  EventProducer,
  isCompressed,
  Metrics,
  type OutboxRow,
  PLAIN_CHARACTERS,
  PLAIN_EVENTS,
  placed,
  Relay,
  type StoredRow,
} from '@aiqyn/platform/testing';
import { type TestEnvironment, testEnvironment } from '../harness/environment.js';
import { eventually } from '../harness/eventually.js';
import { type TestIssuer, startTestIssuer } from '../harness/issuer.js';
import { ledger } from '../harness/ledger.js';
import { overdue } from '../harness/things.js';

interface Seen {
  readonly id: string;
  readonly key: string;
  readonly sequence: number;
  readonly timestamp: string;
}

describe('the outbox', () => {
  let environment: TestEnvironment;
  let issuer: TestIssuer;
  let service: RunningService;
  let consumer: Consumer;
  let transactions: Transactions;
  let group: GroupCommit;
  let outbox: mongo.Collection<StoredRow>;
  const seen: Seen[] = [];

  const start = () =>
    startService(
      { name: 'compliance', module: ledger, config: PlatformConfig },
      environment.env('compliance', issuer.url),
    );
  const use = (started: RunningService): void => {
    service = started;
    transactions = service.app.get(Transactions);
    group = service.app.get(GroupCommit);
  };
  const seenOf = (key: string | RegExp) =>
    seen.filter((s) => (typeof key === 'string' ? s.key === key : key.test(s.key)));

  beforeAll(async () => {
    environment = await testEnvironment('send');
    issuer = await startTestIssuer();
    use(await start());
    const connection = service.app.get<Connection>(getConnectionToken());
    await connection.db!.createCollection('things');
    outbox = environment.database('compliance').collection<StoredRow>('journal');
    consumer = environment.kafka.consumer({ groupId: `${environment.prefix}watch` });
    await consumer.connect();
    await consumer.subscribe({ topic: `${environment.prefix}compliance.events`, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        const { id, subject, sequence } = fromHeaders(message.headers ?? {});
        seen.push({ id, key: subject, sequence, timestamp: message.timestamp });
        return Promise.resolve();
      },
    });
  });

  afterAll(async () => {
    await consumer?.disconnect();
    await service?.stop();
    await issuer?.stop();
    await environment?.stop();
  });

  it('publishes what was committed, and nothing of what was rolled back', async () => {
    const [kept, lost] = [randomUUID(), randomUUID()];
    await transactions.run((tx) => create(tx, 'things', { _id: kept }, overdue(kept)));
    await expect(
      transactions.run(async (tx) => {
        create(tx, 'things', { _id: lost }, overdue(lost));
        await tx.flush();
        throw new Error('after the write');
      }),
    ).rejects.toThrow('after the write');
    await eventually(() => expect(seenOf(kept)).toHaveLength(1));
    expect(seenOf(lost)).toEqual([]);
    await eventually(async () => expect(await outbox.countDocuments(UNSENT)).toBe(0));
  });

  it('keeps the order of a key when it is changed many times', async () => {
    const keys = Array.from({ length: 10 }, () => `chain-${randomUUID()}`);
    await Promise.all(
      keys.map(async (key) => {
        await transactions.run((tx) => create(tx, 'things', { _id: key }, overdue(key)));
        for (let version = 1; version < 20; version += 1) {
          await transactions.run((tx) =>
            change(tx, 'things', { _id: key, version, events: version }, {}, overdue(key)),
          );
        }
      }),
    );
    await eventually(() => expect(seenOf(/^chain-/)).toHaveLength(200));
    for (const key of keys)
      expect(seenOf(key).map((s) => s.sequence)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('sends the largest that goes uncompressed, all of one key and in letters of three bytes, and the broker takes it', async () => {
    const key = `large-${randomUUID()}`;
    const body = JSON.stringify('₸'.repeat(PLAIN_CHARACTERS / PLAIN_EVENTS - 2));
    const events = Array.from({ length: PLAIN_EVENTS }, (_, i) => ({
      ...{
        id: `${key}#${i + 1}`,
        key,
        sequence: i + 1,
        topic: 'compliance.events',
        time: new Date().toISOString(),
        body,
      },
      ...{ type: 'compliance.goal.overdue.v1', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
    }));
    expect(isCompressed(events)).toBe(false);
    expect(isCompressed([...events, events[0]!])).toBe(true);
    const producer = new EventProducer(environment.kafka, 'compliance', environment.prefix);
    try {
      await producer.send(events);
      await eventually(() => expect(seenOf(key)).toHaveLength(PLAIN_EVENTS));
    } finally {
      await producer.reset();
    }
  });

  it('refuses a change of what another changed first, and publishes nothing of it', async () => {
    const key = randomUUID();
    await transactions.run((tx) => create(tx, 'things', { _id: key }, overdue(key)));
    const again = () =>
      transactions.run((tx) => change(tx, 'things', { _id: key, version: 1, events: 1 }, {}, overdue(key)));
    const results = await Promise.allSettled([again(), again()]);
    expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
    await eventually(async () => expect(await outbox.countDocuments(UNSENT)).toBe(0));
    await eventually(() => expect(seenOf(key).map((s) => s.sequence)).toEqual([1, 2]));
  });

  /** A row of events as a commit of an earlier version wrote it; `placed` makes it one of this. */
  const row = (at: Date, ...events: { key: string; sequence: number }[]): OutboxRow => ({
    _id: randomUUID(),
    at,
    events: events.map(({ key, sequence }) => ({
      id: `${key}#${String(sequence).padStart(8, '0')}`,
      key,
      sequence,
      type: 'compliance.gift.overdue.v1',
      topic: 'compliance.events',
      time: '2025-03-09T00:00:00Z',
      body: JSON.stringify(overdue(key)),
    })),
  });

  /** A relay of the test's own, beside the service's, which is stopped. */
  const relayOf = (lease: { readonly held: boolean }, options: { rows?: number; events?: number }): Relay =>
    new Relay(
      service.app.get<Connection>(getConnectionToken()),
      new EventProducer(environment.kafka, 'compliance', environment.prefix),
      lease as never,
      service.app.get(Metrics),
      createLogger('compliance', 'silent'),
      options,
    );

  it('sends what lies in the outbox after a restart, and what no wake-up announced', async () => {
    const key = randomUUID();
    await service.stop();
    await outbox.insertOne(placed(row(new Date(), { key, sequence: 1 })));
    use(await start());
    await eventually(() => expect(seenOf(key)).toHaveLength(1));
    await outbox.insertOne(placed(row(new Date(), { key, sequence: 2 })));
    await eventually(() => expect(seenOf(key).map((s) => s.sequence)).toEqual([1, 2]));
  });

  it('sends what an earlier version left in a collection of its own, and what a pod of it still writes there', async () => {
    const key = randomUUID();
    await service.stop();
    const earlier = environment.database('compliance').collection<OutboxRow>('outbox');
    await earlier.insertOne(row(new Date(), { key, sequence: 1 }));
    use(await start());
    await eventually(() => expect(seenOf(key)).toHaveLength(1));
    await earlier.insertOne(row(new Date(), { key, sequence: 2 }));
    await eventually(() => expect(seenOf(key).map((s) => s.sequence)).toEqual([1, 2]));
    expect(await earlier.countDocuments()).toBe(0);
  });

  it('sends in the order in which the database took the rows, whatever the clocks of the pods said', async () => {
    const key = randomUUID();
    await service.relay.stop();
    const tomorrow = new Date(Date.now() + 86_400_000);
    await outbox.insertOne(placed(row(tomorrow, { key, sequence: 1 })));
    await outbox.insertOne(placed(row(new Date(0), { key, sequence: 2 })));
    // Each row a send of its own, so that nothing but their order tells which is first.
    const relay = relayOf({ held: true }, { rows: 1 });
    while ((await relay.sendBatch()) === 'more');
    await relay.stop();
    await eventually(() => expect(seenOf(key).map((s) => s.sequence)).toEqual([1, 2]));
    await service.stop();
    use(await start());
  });

  it('has the rows in the order of their commits, whichever pod wrote them', async () => {
    const key = randomUUID();
    const second = await start();
    await Promise.all([service.relay.stop(), second.relay.stop()]);
    await transactions.run((tx) => create(tx, 'things', { _id: key }, overdue(key)));
    for (let version = 1; version < 40; version += 1) {
      const pod = version % 2 === 0 ? transactions : second.app.get(Transactions);
      await pod.run((tx) => change(tx, 'things', { _id: key, version, events: version }, {}, overdue(key)));
    }
    const rows = await outbox.find(UNSENT).sort({ place: 1 }).toArray();
    const inTurn = Array.from({ length: 40 }, (_, i) => i + 1);
    expect(rows.flatMap(({ events }) => events.map((e) => e.sequence))).toEqual(inTurn);
    expect(new Set(rows.map(({ place }) => JSON.stringify(place))).size).toBe(40);
    await Promise.all([service.stop(), second.stop()]);
    use(await start());
    await eventually(() => expect(seenOf(key).map((s) => s.sequence)).toEqual(inTurn));
  });

  it('sends again only the events of a commit that the broker does not have', async () => {
    const [sent, unsent] = [randomUUID(), randomUUID()];
    await outbox.insertOne(placed(row(new Date(), { key: sent, sequence: 1 })));
    await eventually(() => expect(seenOf(sent)).toHaveLength(1));
    await service.stop();
    await outbox.insertOne(placed(row(new Date(), { key: sent, sequence: 1 }, { key: unsent, sequence: 1 })));
    use(await start());
    await eventually(() => expect(seenOf(unsent)).toHaveLength(1));
    expect(seenOf(sent)).toHaveLength(1);
  });

  it('sends nothing more of what it has read when its lease is over meanwhile: another may have sent it', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    await service.relay.stop();
    await outbox.insertMany([
      placed(row(new Date(), { key: first, sequence: 1 })),
      placed(row(new Date(), { key: second, sequence: 1 })),
    ]);
    let asked = 0;
    const over = {
      get held() {
        return (asked += 1) === 1;
      },
    };
    const relay = relayOf(over, { events: 1 });
    expect(await relay.sendBatch()).toBe('done');
    await relay.stop();
    expect((await outbox.find(UNSENT).toArray()).flatMap(({ events }) => events).map((e) => e.key)).toEqual([second]);
    await service.stop();
    use(await start());
    await eventually(() => expect(seenOf(second)).toHaveLength(1));
    expect(seenOf(first)).toHaveLength(1);
  });

  it('gives the broker the time of the event, so that a record does not tell when a citizen acted', async () => {
    const key = randomUUID();
    await outbox.insertOne(placed(row(new Date(), { key, sequence: 1 })));
    await eventually(() =>
      expect(seenOf(key).map((s) => s.timestamp)).toEqual([String(Date.parse('2025-03-09T00:00:00+05:00'))]),
    );
  });

  it('lets one replica relay at a time and hands over when it stops', async () => {
    const second = await start();
    const leases = environment.database('compliance').collection<{ _id: string; holder: string }>('leases');
    const before = (await leases.findOne({ _id: 'duties' }))!.holder;
    await service.stop();
    const key = randomUUID();
    await second.app.get(Transactions).run((tx: Tx) => create(tx, 'things', { _id: key }, overdue(key)));
    await eventually(() => expect(seenOf(key)).toHaveLength(1));
    expect((await leases.findOne({ _id: 'duties' }))!.holder).not.toBe(before);
    use(second);
  });

  describe('a group commit', () => {
    it('gives each of the commands that arrive together its own result', async () => {
      const results = await Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          group.run((tx) => {
            create(tx, 'things', { _id: `group-${i}` }, overdue(`group-${i}`));
            return i;
          }),
        ),
      );
      expect(results).toEqual(Array.from({ length: 200 }, (_, i) => i));
      await eventually(() => expect(seenOf(/^group-/)).toHaveLength(200));
    });

    it('lets a command that conflicts fail alone', async () => {
      await transactions.run((tx) => create(tx, 'things', { _id: 'taken' }));
      const outcomes = await Promise.allSettled(
        Array.from({ length: 50 }, (_, i) =>
          group.run((tx) => create(tx, 'things', { _id: i === 25 ? 'taken' : `solo-${i}` }, overdue(`solo-${i}`))),
        ),
      );
      expect(outcomes.map((o) => o.status)).toEqual(
        Array.from({ length: 50 }, (_, i) => (i === 25 ? 'rejected' : 'fulfilled')),
      );
      await eventually(() => expect(seenOf(/^solo-/)).toHaveLength(49));
    });

    it('takes back what a refused command had gathered', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, (_, i) =>
          group.run((tx) => {
            create(tx, 'things', { _id: `rule-${i}` }, overdue(`rule-${i}`));
            if (i === 3) throw new RuleError('no', 'no');
          }),
        ),
      );
      expect(outcomes.filter((o) => o.status === 'rejected')).toHaveLength(1);
      await eventually(() => expect(seenOf(/^rule-/)).toHaveLength(9));
      expect(seenOf('rule-3')).toEqual([]);
    });

    it('goes on while a command waits for a row that another process holds', async () => {
      const client = environment.database('compliance').client;
      const session = client.startSession();
      session.startTransaction();
      const things = environment.database('compliance').collection<{ _id: string }>('things');
      await things.insertOne({ _id: 'held' }, { session });
      let ended = false;
      const waits = group.run((tx) => create(tx, 'things', { _id: 'held' })).finally(() => (ended = true));
      // Under way by itself: what comes with it in one transaction would go on anyhow.
      await eventually(() => expect(group.queued).toBe(0));
      await group.run((tx) => create(tx, 'things', { _id: 'free' }));
      expect(ended).toBe(false);
      await session.abortTransaction();
      await session.endSession();
      await waits;
      expect(await things.countDocuments({ _id: { $in: ['held', 'free'] } })).toBe(2);
    });

    it('keeps the first of several commands that make the same row, in the same transaction and in later ones', async () => {
      const two = new GroupCommit(transactions, { queue: 100, lanes: 1, batch: 2 });
      const outcomes = await Promise.allSettled(
        Array.from({ length: 12 }, (_, i) => two.run((tx) => create(tx, 'things', { _id: `same-${i % 3}`, i }))),
      );
      expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(3);
      expect(outcomes.filter((o) => o.status === 'rejected').map((o) => (o.reason as { code?: number }).code)).toEqual(
        Array.from({ length: 9 }, () => 11000),
      );
    });

    it('turns commands away when too many wait, having stored nothing of them', async () => {
      const full = new GroupCommit(transactions, { queue: 5, lanes: 1, batch: 2 });
      const outcomes = await Promise.allSettled(
        Array.from({ length: 30 }, (_, i) => full.run((tx) => create(tx, 'things', { _id: `full-${i}` }))),
      );
      const accepted = outcomes.filter((o) => o.status === 'fulfilled').length;
      expect(
        outcomes.filter((o) => o.status === 'rejected').map((o) => (o.reason as Error).constructor.name),
      ).toContain('Busy');
      expect(
        await environment
          .database('compliance')
          .collection('things')
          .countDocuments({ _id: /^full-/ as never }),
      ).toBe(accepted);
    });
  });
});
