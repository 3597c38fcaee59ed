import type { Connection, mongo } from 'mongoose';
import { ConcurrentChange, NotFound } from '../errors.js';
import type { Doc, Tx } from './tx.js';

/** What every row that publishes events has: a version for optimistic locking, and a count of its events. */
export interface Aggregate {
  readonly _id: string;
  /** 1 at creation, one more with each change; the ETag. */
  readonly version: number;
  /** Events published so far under this id as key. */
  readonly events: number;
}

/** What a change sets and what it removes: a field that is set to undefined is removed, so that no row holds a null for it. */
function setting(fields: Doc): Doc {
  const gone = Object.keys(fields).filter((name) => fields[name] === undefined);
  const $unset = Object.fromEntries(gone.map((name) => [name, 1]));
  return gone.length > 0 ? { $set: known(fields), $unset } : { $set: fields };
}
const known = (fields: Doc): Doc =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Stores a new aggregate and publishes the events of its creation in order; those that are undefined are none. */
export function create(
  tx: Tx,
  collection: string,
  row: { _id: string } & Doc,
  ...events: readonly (object | undefined)[]
): void {
  const told = events.filter((event) => event !== undefined);
  tx.insert(collection, { ...known(row), version: 1, events: told.length });
  told.forEach((event, i) => tx.publish(event, i + 1));
}

/** Reads an aggregate inside the transaction; throws NotFound, or ConcurrentChange when `ifMatch` is not its version. */
export async function load<T extends Aggregate>(
  tx: Tx,
  connection: Connection,
  collection: string,
  id: string,
  ifMatch?: number,
): Promise<T> {
  const rows: mongo.Collection<T> = connection.db!.collection<T>(collection);
  const row = (await rows.findOne({ _id: { $eq: id } } as mongo.Filter<T>, { session: tx.session })) as T | null;
  if (!row) throw new NotFound();
  if (ifMatch !== undefined && ifMatch !== row.version) throw new ConcurrentChange(collection);
  return row;
}

/** Changes an aggregate that was read as `row` and publishes the events of it in order; returns the new version. */
export function change(tx: Tx, collection: string, row: Aggregate, set: Doc, ...events: object[]): number {
  const version = row.version + 1;
  tx.update(
    collection,
    { _id: row._id, version: row.version },
    setting({ ...set, version, events: row.events + events.length }),
    { mustMatch: true },
  );
  events.forEach((event, i) => tx.publish(event, row.events + i + 1));
  return version;
}

/** Creates an aggregate, or changes the one that was read as `before`; publishes the event, if any. */
export function put(
  tx: Tx,
  collection: string,
  before: Aggregate | undefined,
  row: { _id: string } & Doc,
  event?: object,
): void {
  const { _id, ...set } = row;
  if (!before) create(tx, collection, { _id, ...set }, event);
  else change(tx, collection, before, set, ...(event ? [event] : []));
}
