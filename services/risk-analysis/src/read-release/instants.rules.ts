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

/** The number that digits from one place to another make; NaN where one is none. */
function number(text: string, from: number, to: number): number {
  let n = 0;
  for (let i = from; i < to; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    n = n * 10 + digit;
  }
  return n;
}

/** Milliseconds of `2026-01-31T10:00:00+05:00` or `…Z`, the form of nearly every date in OCDS; NaN for any other, to be read with more care. */
function common(text: string): number {
  const zulu = text.length === 20 && text[19] === 'Z';
  const sign = zulu ? 0 : text.length === 25 ? (text[19] === '+' ? 1 : text[19] === '-' ? -1 : Number.NaN) : Number.NaN;
  if (text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') return Number.NaN;
  const [year, month, day] = [number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)];
  const [hour, minute, second] = [number(text, 11, 13), number(text, 14, 16), number(text, 17, 19)];
  const [away, minutes] = zulu ? [0, 0] : [number(text, 20, 22), text[22] === ':' ? number(text, 23, 25) : Number.NaN];
  if (!(year >= 100 && inMonth(year, month, day))) return Number.NaN;
  if (!(hour < 24 && minute < 60 && second < 60 && away < 24 && minutes < 60)) return Number.NaN;
  return Date.UTC(year, month - 1, day, hour, minute, second) - sign * (away * 60 + minutes) * 60_000;
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
