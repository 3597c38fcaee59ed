import mongoose from 'mongoose';
import { RuleError } from '@aiqyn/contracts/rule-error';
import type { ServiceName } from '@aiqyn/contracts';
import { COLLECTIONS } from '@aiqyn/platform';
import { readDocuments, Tally, writeDocuments } from '../files/documents.js';
import type { StoredCollection, StoredDatabase } from '../manifest.js';
import { documentsAt, type Instant } from './instant.js';

const { BSON } = mongoose.mongo;
/** Numbers and dates as they are in the database: a long must not come back as a double. */
const EXACT = { promoteValues: false, bsonRegExp: true } as const;

/** Documents inserted at once. */
const AT_ONCE = 1_000;

/** Writes every collection of a database, GridFS and the platform's own included. */
export async function storeDatabase(
  dir: string,
  service: ServiceName,
  db: mongoose.mongo.Db,
  instant: Instant,
  key?: Buffer,
): Promise<StoredDatabase> {
  const collections: StoredCollection[] = [];
  const there = (await db.listCollections().toArray()).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (there.length === 0)
    throw new RuleError('no_database', `${db.databaseName} has no collections: a backup without it would not be whole`);
  for (const { name, type, options } of there as mongoose.mongo.CollectionInfo[]) {
    if (type !== 'collection') throw new RuleError('not_a_collection', `${db.databaseName}.${name} is a ${type}`);
    const collection = db.collection(name);
    const file = await writeDocuments(dir, `${service}/${name}`, documentsAt(instant, collection), key);
    collections.push({
      name,
      options: BSON.EJSON.serialize(options ?? {}, { relaxed: false }),
      indexes: (await collection.indexes()).map((index) => BSON.EJSON.serialize(index, { relaxed: false })),
      ...file,
    });
  }
  const head = await db
    .collection<{ _id: string; seq: number; hash: string }>(COLLECTIONS.auditHead)
    .findOne({ _id: 'head' }, { session: instant.session });
  return { service, ...(head ? { auditHead: { seq: head.seq, hash: head.hash } } : {}), collections };
}

/** Puts a database back into an empty one; throws when what lies there then is not what was stored, byte for byte. */
export async function restoreDatabase(
  dir: string,
  { collections }: StoredDatabase,
  db: mongoose.mongo.Db,
  key?: Buffer,
): Promise<void> {
  for (const stored of collections) {
    const options = BSON.EJSON.deserialize(stored.options) as mongoose.mongo.CreateCollectionOptions;
    const collection = await db.createCollection(stored.name, options);
    let waiting: mongoose.mongo.Document[] = [];
    const insert = async (): Promise<void> => {
      const documents = waiting;
      waiting = [];
      if (documents.length > 0) await collection.insertMany(documents, { ordered: true });
    };
    for await (const document of readDocuments(dir, stored.file, key)) {
      if (waiting.push(BSON.deserialize(document, EXACT)) === AT_ONCE) await insert();
    }
    await insert();
    const tally = new Tally();
    const cursor = collection.find({}, { raw: true, sort: { _id: 1 }, batchSize: 2_000 });
    for await (const document of cursor) tally.add(document as unknown as Buffer);
    if (tally.sum().sha256 !== stored.content.sha256)
      throw new Error(`${db.databaseName}.${stored.name}: what lies there now is not what was stored`);
  }
  // Last: one that removes what is old would begin before anything is compared.
  for (const { name, indexes } of collections) {
    const own = indexes
      .map((index) => BSON.EJSON.deserialize(index as mongoose.mongo.Document) as mongoose.mongo.IndexDescription)
      .filter((index) => index.name !== '_id_');
    if (own.length > 0) await db.command({ createIndexes: name, indexes: own });
  }
}
