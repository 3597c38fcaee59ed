import { addWorkingDays, isWorkingDay, addDays, RuleError, type WorkingDays } from '@aiqyn/contracts';
import { type ActState, examined } from './act-states.rules.js';

export interface ActTerms {
  readonly id: string;
  readonly workingDays: Readonly<Record<'registered' | 'triaged' | 'issued' | 'awaiting-response', number>>;
  readonly extensionWorkingDays: number;
  /** Acts of so many pages, and codes, may be extended. */
  readonly extensionFromPages: number;
}

/** Reads the pack; throws RuleError `bad_policy` naming the field. */
export function actTerms(raw: unknown): ActTerms {
  const pack = raw as ActTerms;
  const need = (ok: boolean, field: string): void => {
    if (!ok) throw new RuleError('bad_policy', `act terms: ${field} is missing or wrong`, { field });
  };
  const whole = (n: unknown): boolean => Number.isInteger(n) && (n as number) > 0;
  need(typeof pack?.id === 'string', 'id');
  for (const state of ['registered', 'triaged', 'issued', 'awaiting-response'] as const) {
    need(whole(pack.workingDays?.[state]), `workingDays.${state}`);
  }
  need(whole(pack.extensionWorkingDays), 'extensionWorkingDays');
  need(whole(pack.extensionFromPages), 'extensionFromPages');
  return pack;
}

/** What the term of an act depends on. */
export interface Clocked {
  readonly state: ActState;
  readonly dueDay?: string;
  /** Working days that were left when the dossier was sent back. */
  readonly daysLeft?: number;
  readonly extension?: object;
  readonly pages: number;
  readonly actType: string;
}

/** Working days from a day, which does not count, to another, which does; 0 when it is past. */
export function workingDaysLeft(calendar: WorkingDays, day: string, due: string): number {
  let left = 0;
  for (let at = addDays(day, 1); at <= due; at = addDays(at, 1)) if (isWorkingDay(calendar, at)) left += 1;
  return left;
}

/**
 * The last day of the term once an act moves to a state, and the days that are left while it stands still: the term of the
 * expertise begins with triage and runs on through screening, expertise and review.
 */
export function termAfter(
  pack: ActTerms,
  calendar: WorkingDays,
  act: Clocked,
  to: ActState,
  day: string,
): { readonly dueDay: string | undefined; readonly daysLeft: number | undefined } {
  if (to === 'returned-for-dossier') {
    return { dueDay: undefined, daysLeft: workingDaysLeft(calendar, day, act.dueDay ?? day) };
  }
  // What was left is counted from the day of the return; never less than a day, so that nobody is late by it.
  if (act.state === 'returned-for-dossier' && examined(to)) {
    return { dueDay: addWorkingDays(calendar, day, Math.max(1, act.daysLeft ?? 1)), daysLeft: act.daysLeft };
  }
  if (examined(to) && examined(act.state)) return { dueDay: act.dueDay, daysLeft: act.daysLeft };
  // A new round of a later text has a term of its own.
  const days = to === 'in-expertise' ? pack.workingDays.triaged : pack.workingDays[to as 'triaged'];
  return { dueDay: days === undefined ? undefined : addWorkingDays(calendar, day, days), daysLeft: act.daysLeft };
}

/** The last day after the one extension; throws RuleError `no_extension`. */
export function extended(pack: ActTerms, calendar: WorkingDays, act: Clocked): string {
  const no = (why: string): RuleError => new RuleError('no_extension', why);
  if (act.extension) throw no('the term was extended; it is once');
  if (!examined(act.state) || !act.dueDay) throw no('only the term of the expertise is extended');
  if (act.actType !== 'code' && act.pages <= pack.extensionFromPages) {
    throw no(`only of a code, or of more than ${pack.extensionFromPages} pages`);
  }
  return addWorkingDays(calendar, act.dueDay, pack.extensionWorkingDays);
}
