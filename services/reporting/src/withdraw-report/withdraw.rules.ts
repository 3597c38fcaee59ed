import { RuleError } from '@aiqyn/contracts';

/** What of a report decides whether it can be withdrawn. */
export interface Withdrawable {
  readonly withdrawn?: boolean;
  readonly contact?: unknown;
}

/** What a withdrawal changes; throws RuleError `already_done` when that is nothing. */
export function withdrawal(
  file: Withdrawable,
  forgetContact: boolean,
  day: string,
): { withdrawn: true; withdrawnDay?: string; contact?: null } {
  const forget = forgetContact && file.contact !== undefined && file.contact !== null;
  if (file.withdrawn && !forget) throw new RuleError('already_done', 'the report is withdrawn');
  return { withdrawn: true, ...(file.withdrawn ? {} : { withdrawnDay: day }), ...(forget ? { contact: null } : {}) };
}
