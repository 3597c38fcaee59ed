import type { Connection } from 'mongoose';
import { type Aggregate, type Caller, ConcurrentChange, load, NotFound, type Tx } from '@aiqyn/platform';
import { mayKnow, ofAnotherOrganisation } from './own-body.rules.js';

/** Who changes a row: somebody of its organisation, somebody of another one, or whoever may. */
export type Who = 'own' | 'another' | 'anybody';

/**
 * A row that a caller changes, read inside the transaction; throws NotFound for one of an organisation that is not theirs, RuleError
 * `not_independent` where it must be another's, ConcurrentChange when it is not the version that they saw.
 */
export async function known<T extends Aggregate>(
  tx: Tx,
  connection: Connection,
  collection: string,
  id: string,
  { subject, ifMatch }: Caller,
  ownerOf: (row: T) => string | undefined,
  who: Who = 'own',
): Promise<T> {
  const row = await load<T>(tx, connection, collection, id);
  const owner = ownerOf(row);
  if (who === 'another') ofAnotherOrganisation(subject?.department, owner);
  else if (who === 'own' && !mayKnow(subject?.department, owner === undefined ? {} : { organisationBin: owner }))
    throw new NotFound();
  if (ifMatch !== undefined && ifMatch !== row.version) throw new ConcurrentChange(collection);
  return row;
}
