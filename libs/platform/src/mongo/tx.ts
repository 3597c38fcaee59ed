import type { mongo } from 'mongoose';
import type { AuditInput } from '../audit/seal.rules.js';

export type Doc = Record<string, unknown>;

/**
 * One transaction as commands and handlers see it. Writes are gathered and sent together when the callback ends, in as
 * few commands a collection as their order allows; a read inside the callback therefore does not see them before `flush()`. The callback may
 * run more than once: it must touch nothing but this.
 */
export interface Tx {
  readonly session: mongo.ClientSession;
  insert(collection: string, doc: Doc): void;
  /** `mustMatch`: the transaction fails with ConcurrentChange when no row fits (optimistic locking on a version). */
  update(collection: string, filter: Doc, change: Doc, options?: { upsert?: boolean; mustMatch?: boolean }): void;
  /** The row as it is from now on, whether there was one or not. */
  replace(collection: string, doc: Doc & { readonly _id: string }): void;
  remove(collection: string, filter: Doc, options?: { mustMatch?: boolean }): void;
  /** Publishes an event of one aggregate; `sequence` counts that aggregate's events from 1 without a gap. */
  publish(event: object, sequence: number): void;
  audit(entry: AuditInput): void;
  /** Fires the handler registered for `kind` once at or after `dueAt`; the same id again replaces it. */
  schedule(kind: string, id: string, dueAt: Date, data?: Doc): void;
  cancel(kind: string, id: string): void;
  flush(): Promise<void>;
}
