import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose, { type Connection } from 'mongoose';
import { COLLECTIONS, sealAudit, verifyAudit } from '@aiqyn/platform';
import { type AuditRow, Clock, prepareDatabase, rowsOfEntries, Transactions } from '@aiqyn/platform/testing';
import { type TestEnvironment, testEnvironment } from '../harness/environment.js';

const entry = (actor: string, n: number) => ({
  actor,
  action: 'thing:touch',
  resource: `t-${n}`,
  outcome: 'done' as const,
});

describe('the audit log', () => {
  let environment: TestEnvironment;
  let connection: Connection;
  let rows: mongoose.mongo.Collection<AuditRow>;
  const verdict = () => verifyAudit(connection.db!);
  const today = new Clock().today();

  beforeAll(async () => {
    environment = await testEnvironment('audit');
    const { MONGODB_URI, MONGODB_DB } = environment.env('compliance', 'http://localhost:1');
    connection = await mongoose.createConnection(MONGODB_URI!, { dbName: MONGODB_DB! }).asPromise();
    rows = connection.db!.collection<AuditRow>(COLLECTIONS.journal);
  });
  beforeEach(async () => {
    for (const name of [COLLECTIONS.journal, COLLECTIONS.auditHead]) {
      await connection.db!.dropCollection(name).catch(() => undefined);
      await connection.db!.createCollection(name);
    }
    const transactions = new Transactions(connection, new Clock(), 'compliance');
    for (let n = 0; n < 5; n += 1)
      await transactions.run((tx) =>
        [entry('anna', n), entry('public', n), entry('boris', n)].forEach((e) => tx.audit(e)),
      );
  });
  afterAll(async () => {
    await connection?.close();
    await environment?.stop();
  });

  it('is sealed by whoever holds the lease, an office’s at once and a citizen’s when the day is over', async () => {
    expect(await sealAudit(connection, today)).toBe(5);
    expect(await verdict()).toEqual({ intact: true, entries: 10, waiting: 5 });
    expect(await sealAudit(connection, today)).toBe(0);
    expect(await sealAudit(connection, '9999-12-31')).toBe(5);
    expect(await verdict()).toEqual({ intact: true, entries: 15, waiting: 0 });
  });

  it('gives a citizen’s entries no place in the chain that tells when they came', async () => {
    await sealAudit(connection, '9999-12-31');
    const citizens = await rows
      .find({ at: { $exists: false } })
      .sort({ first: 1 })
      .toArray();
    expect(citizens.map((r) => r._id)).toEqual(citizens.map((r) => r._id).sort());
    expect(citizens).toHaveLength(5);
  });

  it('is sealed block by block without a gap', async () => {
    while ((await sealAudit(connection, '9999-12-31', 2)) > 0);
    expect(await verdict()).toEqual({ intact: true, entries: 15, waiting: 0 });
  });

  it.each([
    ['edited', (row: AuditRow) => rows.updateOne({ _id: row._id }, { $set: { 'entries.0.actor': 'somebody' } })],
    ['removed', (row: AuditRow) => rows.deleteOne({ _id: row._id })],
    ['emptied', (row: AuditRow) => rows.updateOne({ _id: row._id }, { $set: { entries: [] } })],
  ] as const)('names the first entry that was %s', async (_, tamper) => {
    await sealAudit(connection, '9999-12-31');
    const third = (await rows.find().sort({ first: 1 }).skip(7).limit(1).toArray())[0]!;
    await tamper(third);
    expect(await verdict()).toMatchObject({ intact: false, firstBad: third.first });
  });

  it('notices that the end was cut off', async () => {
    await sealAudit(connection, '9999-12-31');
    const last = (await rows.find().sort({ first: -1 }).limit(1).toArray())[0]!;
    await rows.deleteOne({ _id: last._id });
    expect(await verdict()).toMatchObject({ intact: false, firstBad: last.first });
  });

  it('goes on from where an earlier version kept it, with what that version still wrote there', async () => {
    await sealAudit(connection, today);
    await connection.db!.renameCollection(COLLECTIONS.journal, 'audit');
    await prepareDatabase(connection, 7);
    expect(await verdict()).toEqual({ intact: true, entries: 10, waiting: 5 });
    const late = rowsOfEntries([entry('anna', 99)], new Date(), () => 'late');
    await connection.db!.collection<AuditRow>('audit').insertMany(late);
    await Promise.all([prepareDatabase(connection, 7), prepareDatabase(connection, 7)]);
    await sealAudit(connection, '9999-12-31');
    expect(await verdict()).toEqual({ intact: true, entries: 16, waiting: 0 });
    expect(await connection.db!.collection('audit').countDocuments()).toBe(0);
  });

  it('notices a row that was added beside the chain', async () => {
    await sealAudit(connection, '9999-12-31');
    const [forged] = rowsOfEntries([entry('anna', 99)], new Date(), () => 'forged');
    await rows.insertOne({ ...forged!, first: 16, hashes: ['0'.repeat(64)] });
    expect(await verdict()).toMatchObject({ intact: false, firstBad: 16 });
  });
});
