import { afterAll, beforeAll, expect, it } from '@jest/globals';
import mongoose, { type Connection } from 'mongoose';
import { prepareDatabase } from '@aiqyn/platform/testing';
import { type TestEnvironment, testEnvironment } from '../harness/environment.js';

let environment: TestEnvironment;
let connection: Connection;

beforeAll(async () => {
  environment = await testEnvironment('indexes');
  const { MONGODB_URI, MONGODB_DB } = environment.env('compliance', 'http://localhost:1');
  connection = await mongoose.createConnection(MONGODB_URI!, { dbName: MONGODB_DB! }).asPromise();
});
afterAll(async () => {
  await connection?.close();
  await environment?.stop();
});

const indexesOf = async (name: string): Promise<string[]> =>
  (await connection.db!.collection(name).indexes()).map((index) => index.name!).sort();

it('drops what an earlier version indexed and nothing reads, and no other index, also when two replicas start', async () => {
  // The same fields otherwise, fields that another index begins with, and one that an operator made.
  const schema = new mongoose.Schema({ _id: String, late: [String], from: String }, { autoIndex: false });
  schema.index({ late: 1, _id: 1 }, { name: 'late', partialFilterExpression: { late: { $gt: '' } } });
  schema.index({ from: 1 });
  connection.model('Thing', schema, 'things');
  const things = connection.db!.collection('things');
  await things.createIndex({ late: 1, _id: 1 }, { sparse: true });
  await things.createIndex({ from: 1, leaf: 1 });
  await things.createIndex({ operator: 1 });
  for (const field of ['keys', 'entries.resource'])
    await connection.db!.collection('journal').createIndex({ [field]: 1 });

  const retired = { things: ['late_1__id_1', 'from_1_leaf_1'] };
  const prepare = () => prepareDatabase(connection, 7, retired);
  await Promise.all([prepare(), prepare()]);
  await prepare();
  expect(await indexesOf('things')).toEqual(['_id_', 'from_1', 'late', 'operator_1']);
  expect(await indexesOf('journal')).toEqual(['_id_', 'first_1', 'place_1', 'seal_1_at_1__id_1', 'sealed_by_resource']);
});

it('finds what waits to be sent by the index that has nothing else, however long the audit log is', async () => {
  const unsent = connection.db!.collection('journal').find({ events: { $exists: true } });
  const plan = await unsent.sort({ place: 1 }).limit(1).explain('queryPlanner');
  expect(JSON.stringify(plan)).toContain('"indexName":"place_1"');
});
