import mongoose from 'mongoose';
import type { OutboxRow } from './outbox.rules.js';

const { Timestamp } = mongoose.mongo;

/**
 * `at` of a row that is written: mongod puts its own time there, which counts upwards over all pods and a change of the primary. What
 * a commit saw of another is therefore dated later than it, and no pod's clock can turn the events of a key round.
 */
export const DATED_BY_DATABASE = new Timestamp({ t: 0, i: 0 });

/** A row as it lies in the journal; an earlier version dated it by the clock of the pod, and such rows sort first. */
export type StoredRow = OutboxRow & { readonly at: mongoose.mongo.Timestamp | Date };

/** Seconds since the row was written, for an operator's alarm. */
export const ageOf = ({ at }: StoredRow): number =>
  Math.max(0, Date.now() / 1_000 - (at instanceof Date ? at.getTime() / 1_000 : at.t));
