const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
export const DAY_MS = 86_400_000;
const T = 'T'.charCodeAt(0);

/** A date as it was published: with a time and an offset it names an instant, alone a day. */
export interface Moment {
  /** Milliseconds since 1970; of a day, its midnight in UTC. */
  readonly at: number;
  readonly precise: boolean;
}

const inMonth = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= new Date(Date.UTC(year, month, 0)).getUTCDate());

/** Reads an RFC 3339 date-time or, when `days` are welcome, a day; undefined for what names neither. */
export function momentOf(text: string, days: boolean): Moment | undefined {
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
