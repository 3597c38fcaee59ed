import type { Comparison } from '../compare-editions/comparison.rules.js';
import type { IndexDescription } from '../index-values/index-policy.rules.js';
import type { RecordedValue } from '../index-values/index-value.rules.js';

/** What somebody says of the standing of a country. */
export interface Claim {
  readonly measure: 'rank' | 'score';
  /** Left out: only a standing is claimed, no change. */
  readonly from?: number;
  readonly to: number;
  readonly fromYear?: number;
  readonly toYear?: number;
  /** Years between the two. */
  readonly span?: number;
  /** Among how many countries the later place is. */
  readonly of?: number;
  readonly said?: 'risen' | 'fallen';
  /** Places or points that it is said to have moved. */
  readonly by?: number;
}

export type FindingCode = 'true' | 'places-right-span-wrong' | 'wrong' | 'not-comparable';

export type Reason =
  | 'span-wrong'
  | 'years-wrong'
  | 'from-not-found'
  | 'to-not-found'
  | 'order-wrong'
  | 'countries-wrong'
  | 'direction-wrong'
  | 'moved-by-wrong'
  | 'no-significant-change'
  | 'error-not-known'
  | 'before-the-break';

/** A year as the data have it. */
export interface Standing {
  readonly year: number;
  readonly vintage: string;
  readonly rank?: number;
  readonly countries?: number;
  readonly score?: number;
  readonly standardError?: number;
}

/** What would have stood at the end of the span that was told. */
export type SpanEnd = Standing | { readonly year: number; readonly none: 'before-the-break' | 'no-value' };

export interface Finding {
  readonly code: FindingCode;
  readonly reasons: readonly Reason[];
  readonly from?: Standing;
  readonly to?: Standing;
  /** The true years between the two. */
  readonly span?: number;
  readonly beforeTo?: SpanEnd;
  readonly afterFrom?: SpanEnd;
  readonly newest?: Standing;
}

const standing = ({ year, vintage, rank, countries, score, standardError }: RecordedValue): Standing => ({
  ...{ year, vintage },
  ...(rank === undefined ? {} : { rank }),
  ...(countries === undefined ? {} : { countries }),
  ...(score === undefined ? {} : { score }),
  ...(standardError === undefined ? {} : { standardError }),
});

/** Whether a value is what was claimed, at the digits in which it was claimed: 0.52 is said of 0.5231. */
function isSaid(value: number | undefined, claimed: number): boolean {
  if (value === undefined) return false;
  const digits = String(claimed).split('.')[1]?.length ?? 0;
  return Number(value.toFixed(digits)) === claimed;
}

/** Places count downwards: a smaller one is a rise. */
const gain = ({ measure }: Pick<Claim, 'measure'>, from: number, to: number): number =>
  measure === 'rank' ? from - to : to - from;

/**
 * Checks a claim against the values of a country, one a year, and shows what is true instead. `compared` compares two of its
 * years.
 */
export function checkClaim(
  claim: Claim,
  values: readonly RecordedValue[],
  { comparableFrom }: Pick<IndexDescription, 'comparableFrom'>,
  compared: (from: number, to: number) => Pick<Comparison, 'change'>,
): Finding {
  const points = [...values].sort((a, b) => a.year - b.year);
  const last = points.at(-1);
  const newest = last ? { newest: standing(last) } : {};
  const inYear = (year: number | undefined): RecordedValue | undefined => points.find((point) => point.year === year);
  const said = (claimed: number): RecordedValue[] => points.filter((point) => isSaid(point[claim.measure], claimed));
  const tos = said(claim.to);
  const oldYears = [claim.fromYear, claim.toYear].some((year) => year !== undefined && year < comparableFrom);

  if (claim.from === undefined) {
    const among = tos.filter(({ year }) => claim.toYear === undefined || year === claim.toYear);
    const to = among.findLast(({ countries }) => countries === claim.of) ?? among.at(-1);
    if (!to) {
      const other = inYear(claim.toYear) ?? tos.at(-1);
      const reason: Reason = tos.length > 0 ? 'years-wrong' : 'to-not-found';
      return { code: 'wrong', reasons: [reason], ...(other ? { to: standing(other) } : {}), ...newest };
    }
    const right = claim.of === undefined || to.countries === claim.of;
    return { code: right ? 'true' : 'wrong', reasons: right ? [] : ['countries-wrong'], to: standing(to), ...newest };
  }

  const froms = said(claim.from);
  const pairs = froms.flatMap((from) => tos.flatMap((to) => (from.year < to.year ? [{ from, to }] : [])));
  // Of several years with these values, those told; then the span nearest to the one told; then the latest.
  const off = ({ from, to }: (typeof pairs)[number]): number =>
    (claim.fromYear !== undefined && from.year !== claim.fromYear ? 1_000 : 0) +
    (claim.toYear !== undefined && to.year !== claim.toYear ? 1_000 : 0) +
    Math.abs(to.year - from.year - (claim.span ?? to.year - from.year));
  const pair = pairs.reduce<(typeof pairs)[number] | undefined>(
    (best, one) => (best && off(best) < off(one) ? best : one),
    undefined,
  );

  const end = (year: number): SpanEnd => {
    if (year < comparableFrom) return { year, none: 'before-the-break' };
    const there = inYear(year);
    return there ? standing(there) : { year, none: 'no-value' };
  };
  if (!pair) {
    const [from, to] = [inYear(claim.fromYear) ?? froms.at(-1), inYear(claim.toYear) ?? tos.at(-1)];
    const shown = { ...(from ? { from: standing(from) } : {}), ...(to ? { to: standing(to) } : {}), ...newest };
    const began = claim.fromYear ?? (to && claim.span !== undefined ? to.year - claim.span : undefined);
    if (oldYears || (froms.length === 0 && began !== undefined && began < comparableFrom)) {
      return { code: 'not-comparable', reasons: ['before-the-break'], ...shown };
    }
    const reasons: Reason[] = [];
    if (froms.length === 0) reasons.push('from-not-found');
    if (tos.length === 0) reasons.push('to-not-found');
    return { code: 'wrong', reasons: reasons.length > 0 ? reasons : ['order-wrong'], ...shown };
  }

  const { from, to } = pair;
  const span = to.year - from.year;
  const shown = { from: standing(from), to: standing(to), span, ...newest };
  if (oldYears || from.year < comparableFrom)
    return { code: 'not-comparable', reasons: ['before-the-break'], ...shown };
  const reasons: Reason[] = [];
  if (claim.span !== undefined && claim.span !== span) reasons.push('span-wrong');
  const otherYear = (told: number | undefined, year: number): boolean => told !== undefined && told !== year;
  if (otherYear(claim.fromYear, from.year) || otherYear(claim.toYear, to.year)) reasons.push('years-wrong');
  const timeOnly = reasons.length > 0;
  if (claim.of !== undefined && to.countries !== claim.of) reasons.push('countries-wrong');
  const gained = gain(claim, claim.from, claim.to);
  if (claim.by !== undefined && !isSaid(Math.abs(gained), claim.by)) reasons.push('moved-by-wrong');
  if (claim.said !== undefined) {
    const verdict = compared(from.year, to.year).change?.verdict;
    if (claim.said === 'risen' ? gained <= 0 : gained >= 0) reasons.push('direction-wrong');
    // A score has risen or fallen only when the difference is more than its error allows (domain notes 2.2 rule 3).
    else if (claim.measure === 'score' && verdict === 'no-significant-change') reasons.push('no-significant-change');
    else if (claim.measure === 'score' && verdict !== claim.said) reasons.push('error-not-known');
  }
  const onlyTime = timeOnly && reasons.every((one) => one === 'span-wrong' || one === 'years-wrong');
  return {
    code: reasons.length === 0 ? 'true' : onlyTime ? 'places-right-span-wrong' : 'wrong',
    ...{ reasons, ...shown },
    ...(reasons.includes('span-wrong')
      ? { beforeTo: end(to.year - claim.span!), afterFrom: end(from.year + claim.span!) }
      : {}),
  };
}
