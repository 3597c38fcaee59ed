import mongoose from 'mongoose';
import type { OutboxRow } from './outbox.rules.js';

const { Timestamp } = mongoose.mongo;

/**
 * A row as it lies in the journal, read in the order of `place`: mongod's own time, which counts upwards over all pods and a change of
 * the primary. What a commit saw of another is therefore placed behind it, and no pod's clock can turn the events of a key round.
 * An earlier version wrote none; its rows sort first.
 */
export type StoredRow = OutboxRow & { readonly place?: mongoose.mongo.Timestamp };

/** Mongod puts its time where an inserted document has this one, in a field of its own and not deeper. */
const PLACED_BY_DATABASE = new Timestamp({ t: 0, i: 0 });

export const placed = (row: OutboxRow): StoredRow => ({ ...row, place: PLACED_BY_DATABASE });
