import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentsAt, takeInstant, writtenAfter } from './instant.js';

const row = (...ids: string[]) => ({ events: ids.map((id) => ({ id })) });

describe('one instant of all databases', () => {
  const name = `t_instant_${randomUUID().slice(0, 8)}`;
  let client: mongoose.mongo.MongoClient;
  let [one, other]: mongoose.mongo.Db[] = [];
  beforeAll(async () => {
    const uri = process.env['MONGODB_URI'];
    if (!uri) throw new Error('MONGODB_URI is not set: run npm test, which starts the servers');
    client = await new mongoose.mongo.MongoClient(uri, { writeConcern: { w: 'majority' } }).connect();
    [one, other] = [client.db(`${name}_one`), client.db(`${name}_other`)];
  }, 30_000);
  afterAll(async () => {
    await one?.dropDatabase();
    await other?.dropDatabase();
    await client?.close();
  });

  it('shows nothing that was written after it, in no database, and names the events that were', async () => {
    await one!.collection('journal').insertMany([row('a#1'), row('a#2', 'b#1')]);
    await other!.collection('inbox').insertOne({ ids: ['a#1'] });
    const instant = await takeInstant(client, one!);
    await one!.collection('journal').insertOne(row('a#3'));
    // What the relay sends and deletes at once is still named.
    await one!.collection('journal').insertOne(row('c#1', 'c#2'));
    await one!.collection('journal').deleteMany({});
    // An audit entry stands in the journal too, and names none.
    await one!.collection('journal').insertOne({ entries: [{ action: 'thing:touch' }] });
    await other!.collection('inbox').insertOne({ ids: ['a#3'] });
    const seen = async (collection: mongoose.mongo.Collection): Promise<number> => {
      let n = 0;
      for await (const document of documentsAt(instant, collection)) n += Math.sign(document.length);
      return n;
    };
    expect([await seen(one!.collection('journal')), await seen(other!.collection('inbox'))]).toEqual([2, 1]);
    expect([...(await writtenAfter(instant, one!))].sort()).toEqual(['a#3', 'c#1', 'c#2']);
    expect([...(await writtenAfter(instant, other!))]).toEqual([]);
    await instant.session.endSession();
  });

  it('says what to do when mongod cannot show it', async () => {
    const instant = await takeInstant(client, one!);
    await one!.collection('made_later').insertOne({});
    await expect(documentsAt(instant, one!.collection('made_later')).next()).rejects.toMatchObject({
      code: 'instant_gone',
      message: expect.stringContaining('minSnapshotHistoryWindowInSeconds'),
    });
    await instant.session.endSession();
  });
});
