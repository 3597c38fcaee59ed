import { randomUUID } from 'node:crypto';
import { type FindingKind, FindingReferredV1, RuleError } from '@aiqyn/contracts';
import { type Caller, create, isDuplicate, type Tx } from '@aiqyn/platform';
import type { ReferFinding } from './refer-finding.dto.js';
import { REFERRALS } from './referral.schema.js';

/** Hands a finding over for a case, once a subject: the row, its event and the audit entry. */
export function referFinding(
  tx: Tx,
  about: { day: string; kind: FindingKind; subjectId: string; areaCode: string },
  { category, region, organisationBin }: ReferFinding,
  caller: Caller,
): { findingId: string } {
  const findingId = randomUUID();
  const facts = { ...about, category, region, ...(organisationBin ? { organisationBin } : {}) };
  create(tx, REFERRALS, { _id: findingId, ...facts }, Object.assign(new FindingReferredV1(), { findingId, ...facts }));
  tx.audit({ actor: caller.id, action: 'finding:refer', resource: about.subjectId, outcome: 'done' });
  return { findingId };
}

/** Says of a second referral that it is one; the unique index decides between two at once. */
export const orAlreadyReferred = <T>(referred: Promise<T>): Promise<T> =>
  referred.catch((error: unknown) => {
    if (isDuplicate(error, REFERRALS))
      throw new RuleError('already_done', 'this finding was referred', { field: 'id' });
    throw error;
  });
