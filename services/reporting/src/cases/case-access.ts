import { type Connection, type QueryFilter, trusted } from 'mongoose';
import { type Caller, ConcurrentChange, load, NotFound, type Tx } from '@aiqyn/platform';
import { type Case, CASES } from './case.schema.js';
import { sees, visibleTo } from './case-access.rules.js';

/**
 * Reads a case inside the transaction for an office; throws NotFound when there is none for the caller, and only then
 * ConcurrentChange when `If-Match` is not its version, so that a version tells nobody that a hidden case exists.
 */
export async function loadCase(tx: Tx, connection: Connection, id: string, caller: Caller): Promise<Case> {
  const file = await load<Case>(tx, connection, CASES, id);
  if (!caller.subject || !sees(caller.subject, file)) throw new NotFound();
  if (caller.ifMatch !== undefined && caller.ifMatch !== file.version) throw new ConcurrentChange(CASES);
  return file;
}

/** The filter of a list or look-up for an office: what is asked for, of what exists for the caller. */
export function visibleCases(caller: Caller, asked: Readonly<Record<string, string>>): QueryFilter<Case> {
  if (!caller.subject) throw new NotFound();
  const visible = Object.entries(visibleTo(caller.subject)).map(([field, condition]) => [field, trusted(condition)]);
  return { ...asked, ...Object.fromEntries(visible) } as QueryFilter<Case>;
}
