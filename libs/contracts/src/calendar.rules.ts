import { RuleError } from './rule-error.js';

/** Asia/Almaty is UTC+5 all year since 2024-03-01 (before: UTC+6); terms that the platform computes begin after that. */
const OFFSET_MS = 5 * 3_600_000;
const DAY_MS = 86_400_000;

/** Whether the text is a real calendar day, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === text;
}

/** Nearly all that ask mean today, several times for each report: the last answers are kept. */
let known = { day: '1970-01-01', utc: 0 };
let today = known;

function utc(day: string): number {
  if (day !== known.day) {
    if (!isDay(day)) throw new RuleError('not_a_day', 'a day is YYYY-MM-DD');
    known = { day, utc: Date.parse(`${day}T00:00:00Z`) };
  }
  return known.utc;
}

/** The calendar day in Asia/Almaty at an instant; throws RangeError for a Date that is none. */
export function almatyDay(instant: Date): string {
  const local = instant.getTime() + OFFSET_MS;
  // So that NaN is inside of no day.
  const isToday = local >= today.utc && local < today.utc + DAY_MS;
  if (!isToday) today = { day: new Date(local).toISOString().slice(0, 10), utc: Math.floor(local / DAY_MS) * DAY_MS };
  return today.day;
}

/** The instant at which a day begins in Asia/Almaty. */
export const dayStartUtc = (day: string): Date => new Date(utc(day) - OFFSET_MS);

/** The day `days` later (earlier when negative). */
export const addDays = (day: string, days: number): string =>
  new Date(utc(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The same day `months` later, or the last day of that month when it is shorter (30 November + 3 = end of February). */
export function addMonths(day: string, months: number): string {
  utc(day);
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const index = year * 12 + (month - 1) + months;
  const y = Math.floor(index / 12);
  const m = index - y * 12;
  const last = new Date(Date.UTC(y, m + 1, 0)).getUTCDate();
  return new Date(Date.UTC(y, m, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((utc(to) - utc(from)) / DAY_MS);
