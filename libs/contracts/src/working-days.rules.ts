import { addDays, isDay } from './calendar.rules.js';
import { RuleError } from './rule-error.js';

/** Days off and weekends that are worked, by year; data, since a government moves them each year. */
export interface WorkingDays {
  readonly id: string;
  readonly checked: boolean;
  readonly years: Readonly<Record<string, { readonly off: readonly string[]; readonly worked: readonly string[] }>>;
}

/** Reads a calendar; throws RuleError `bad_policy` naming the day that is none, or of another year. */
export function workingDays(raw: unknown): WorkingDays {
  const calendar = raw as WorkingDays;
  const bad = (what: string): never => {
    throw new RuleError('bad_policy', `calendar: ${what} is missing or wrong`, { field: what });
  };
  if (typeof calendar?.id !== 'string' || typeof calendar.checked !== 'boolean') bad('id or checked');
  for (const [year, { off, worked }] of Object.entries(calendar.years ?? {}))
    for (const day of [...off, ...worked]) if (!isDay(day) || !day.startsWith(year)) bad(`years.${year}: ${day}`);
  return calendar;
}

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** Whether offices work on that day; throws RuleError `no_calendar_for_year` for a year that is not known. */
export function isWorkingDay({ years }: WorkingDays, day: string): boolean {
  const year = years[day.slice(0, 4)];
  if (!year) throw new RuleError('no_calendar_for_year', `the calendar ends before ${day.slice(0, 4)}: add the year`);
  return year.worked.includes(day) || (!year.off.includes(day) && !isWeekend(day));
}

/** The working day that is `n` working days after a day, which itself does not count; with 0 the day or the next working one. */
export function addWorkingDays(calendar: WorkingDays, day: string, n: number): string {
  let at = day;
  for (let left = n; left > 0;) {
    at = addDays(at, 1);
    if (isWorkingDay(calendar, at)) left -= 1;
  }
  while (!isWorkingDay(calendar, at)) at = addDays(at, 1);
  return at;
}
