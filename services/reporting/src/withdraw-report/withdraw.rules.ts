import { RuleError } from '@aiqyn/contracts';
import { assertNotPurged } from '../purge-cases/retention.rules.js';

/** What of a report decides whether it can be withdrawn. */
export interface Withdrawable {
  readonly withdrawn?: boolean;
  readonly contact?: unknown;
  readonly legalHold?: unknown;
  readonly purgedDay?: string | null;
}

/** What a withdrawal changes; throws RuleError `already_done` when that is nothing, `legal_hold` or `purged`. */
export function withdrawal(
  file: Withdrawable,
  forgetContact: boolean,
  day: string,
): { withdrawn: true; withdrawnDay?: string; contact?: null } {
  assertNotPurged(file);
  const forget = forgetContact && file.contact !== undefined && file.contact !== null;
  if (file.withdrawn && !forget) throw new RuleError('already_done', 'the report is withdrawn');
  if (forget && file.legalHold)
    throw new RuleError(
      'legal_hold',
      'nothing of this case may be deleted now; withdraw without it, or come again later',
    );
  return { withdrawn: true, ...(file.withdrawn ? {} : { withdrawnDay: day }), ...(forget ? { contact: null } : {}) };
}
