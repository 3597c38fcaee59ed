const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
export const DAY_MS = 86_400_000;
const [PLUS, MINUS, ZERO, COLON, T, Z] = [0x2b, 0x2d, 0x30, 0x3a, 0x54, 0x5a];

/** A date as it was published: with a time and an offset it names an instant, alone a day. */
export interface Moment {
  /** Milliseconds since 1970; of a day, its midnight in UTC. */
  readonly at: number;
  readonly precise: boolean;
}

/** Days of a common year before each month, and of the whole of it. */
const BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365] as const;
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const inMonth = (year: number, month: number, day: number): boolean =>
  month >= 1 &&
  month <= 12 &&
  day >= 1 &&
  (day <= BEFORE[month]! - BEFORE[month - 1]! || (day === 29 && month === 2 && isLeap(year)));

/** Days from 1 January 1970 to a day of the Gregorian calendar; `Date.UTC` tells the same and takes most of reading a date. */
function daysTo(year: number, month: number, day: number): number {
  const past = year - 1;
  const leaps = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  return past * 365 + leaps + BEFORE[month - 1]! + (month > 2 && isLeap(year) ? 1 : 0) + day - 719_163;
}

/** The number that two digits at a place make; negative where they are none. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}
const isBelow = (n: number, end: number): boolean => n >= 0 && n < end;

/** Whether the letters of the commonest form stand at their places. */
const isCommon = (text: string): boolean =>
  text.charCodeAt(4) === MINUS &&
  text.charCodeAt(7) === MINUS &&
  text.charCodeAt(10) === T &&
  text.charCodeAt(13) === COLON &&
  text.charCodeAt(16) === COLON;

/** Milliseconds of the offset that stands at the end, `Z` or `+05:00`; NaN where it is neither. */
function offset(text: string): number {
  if (text.length === 20) return text.charCodeAt(19) === Z ? 0 : Number.NaN;
  const letter = text.charCodeAt(19);
  if (text.length !== 25 || text.charCodeAt(22) !== COLON || (letter !== PLUS && letter !== MINUS)) return Number.NaN;
  const hours = two(text, 20);
  const minutes = two(text, 23);
  if (!isBelow(hours, 24) || !isBelow(minutes, 60)) return Number.NaN;
  return (letter === PLUS ? 1 : -1) * (hours * 60 + minutes) * 60_000;
}

/** Milliseconds of `2026-01-31T10:00:00+05:00` or `…Z`, the form of nearly every date in OCDS; NaN for any other, to be read with more care. */
function common(text: string): number {
  if (!isCommon(text)) return Number.NaN;
  const century = two(text, 0);
  const inCentury = two(text, 2);
  const year = century * 100 + inCentury;
  const month = two(text, 5);
  const day = two(text, 8);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  if (century < 0 || inCentury < 0 || !inMonth(year, month, day)) return Number.NaN;
  if (!isBelow(hour, 24) || !isBelow(minute, 60) || !isBelow(second, 60)) return Number.NaN;
  return daysTo(year, month, day) * DAY_MS + (hour * 3_600 + minute * 60 + second) * 1_000 - offset(text);
}

/** Reads an RFC 3339 date-time or, when `days` are welcome, a day; undefined for what names neither. */
export function momentOf(text: string, days: boolean): Moment | undefined {
  const fast = common(text);
  if (!Number.isNaN(fast)) return { at: fast, precise: true };
  const full = RFC3339.exec(text);
  const parts = full ?? (days ? DAY.exec(text) : null);
  if (!parts || !inMonth(Number(parts[1]), Number(parts[2]), Number(parts[3]))) return undefined;
  // The standard reader wants the letters large.
  const at = Date.parse(text.charCodeAt(10) === T || !full ? text : text.replace(' ', 'T').toUpperCase());
  return Number.isNaN(at) ? undefined : { at, precise: full !== null };
}

/** Whole days from one to the other, cut towards zero; by the day where one of them has no time. */
export function wholeDays(from: Moment, to: Moment): number {
  if (from.precise && to.precise) return Math.trunc((to.at - from.at) / DAY_MS) + 0;
  return Math.floor(to.at / DAY_MS) - Math.floor(from.at / DAY_MS);
}

/** Whether `one` comes after `other`; by the day where one of them has no time. */
export const isAfter = (one: Moment, other: Moment): boolean =>
  one.precise && other.precise ? one.at > other.at : wholeDays(other, one) > 0;
