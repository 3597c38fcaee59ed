import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose, { type Connection } from 'mongoose';
import { COLLECTIONS, Timers } from '@aiqyn/platform';
import { Clock, Transactions } from '@aiqyn/platform/testing';
import { type TestEnvironment, testEnvironment } from '../harness/environment.js';

describe('stored timers', () => {
  let environment: TestEnvironment;
  let connection: Connection;
  let transactions: Transactions;
  let timers: Timers;
  const clock = new Clock();
  const waiting = () => connection.db!.collection(COLLECTIONS.timers).countDocuments();
  const things = () => connection.db!.collection<{ _id: string }>('things');
  const noError = (kind: string, error: unknown): never => {
    throw new Error(`${kind} failed`, { cause: error });
  };

  beforeAll(async () => {
    environment = await testEnvironment('timers');
    const { MONGODB_URI, MONGODB_DB } = environment.env('compliance', 'http://localhost:1');
    connection = await mongoose.createConnection(MONGODB_URI!, { dbName: MONGODB_DB! }).asPromise();
    transactions = new Transactions(connection, clock, 'compliance');
  });
  beforeEach(async () => {
    timers = new Timers(connection, transactions, clock);
    for (const name of [COLLECTIONS.timers, 'things']) {
      await connection.db!.dropCollection(name).catch(() => undefined);
      await connection.db!.createCollection(name);
    }
  });
  afterAll(async () => {
    await connection?.close();
    await environment?.stop();
  });

  it('fire again for what they left, until nothing is left', async () => {
    timers.on('clear', async (_, { tx }) => {
      const rows = await things().find({}, { session: tx.session, limit: 2 }).toArray();
      for (const { _id } of rows) tx.remove('things', { _id });
      return rows.length === 2 ? 'more' : 'done';
    });
    await things().insertMany(['a', 'b', 'c', 'd', 'e'].map((_id) => ({ _id })));
    await transactions.run((tx) => tx.schedule('clear', 'all', clock.now(), { reason: 'test' }));
    const said: string[] = [];
    while ((await waiting()) > 0) said.push(await timers.fireDue(noError));
    expect(said).toEqual(['more', 'more', 'done']);
    expect(await things().countDocuments()).toBe(0);
  });

  it('say that more waits than one look takes, and fire each once', async () => {
    timers.on('note', ({ of }, { tx }) => tx.insert('things', { _id: String(of) }));
    await transactions.run((tx) => {
      for (let i = 0; i < 150; i += 1) tx.schedule('note', String(i), clock.now(), { of: String(i) });
    });
    expect(await timers.fireDue(noError)).toBe('more');
    expect(await timers.fireDue(noError)).toBe('done');
    expect([await waiting(), await things().countDocuments()]).toEqual([0, 150]);
  });

  it('stay when their effect fails, and hold back no other', async () => {
    const failed: string[] = [];
    timers.on('fails', (_, { tx }) => {
      tx.insert('things', { _id: 'half' });
      throw new Error('no');
    });
    timers.on('works', (_, { tx }) => tx.insert('things', { _id: 'whole' }));
    const early = new Date(clock.now().getTime() - 1_000);
    await transactions.run((tx) => {
      tx.schedule('fails', 'one', early);
      tx.schedule('works', 'one', clock.now());
    });
    expect(await timers.fireDue((kind) => failed.push(kind))).toBe('done');
    expect(failed).toEqual(['fails']);
    expect((await things().find().toArray()).map(({ _id }) => _id)).toEqual(['whole']);
    expect(await waiting()).toBe(1);
  });
});
