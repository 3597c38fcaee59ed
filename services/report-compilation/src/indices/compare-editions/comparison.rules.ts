import { RuleError } from '@aiqyn/contracts';
import type { IndexDescription, IndexPolicy } from '../index-values/index-policy.rules.js';
import { knownOn, type RecordedValue } from '../index-values/index-value.rules.js';
import { inSameSet, isWhole, notDistinguishable, placesPerPoint, type SameSet } from './rank.rules.js';
import { type Change, compareScores } from './score.rules.js';

export interface Comparison {
  readonly from: RecordedValue;
  readonly to: RecordedValue;
  /** Missing when the two are not comparable, or a score is not known. */
  readonly change?: Change;
  readonly comparable: boolean;
  readonly sameSet?: SameSet;
  /** Countries whose score does not differ from this one in the later edition, at 90 %. */
  readonly notDistinguishable?: number;
  /** The places that scores near the later one have in its edition. */
  readonly placesPerPoint?: readonly { readonly score: number; readonly rank: number }[];
}

/**
 * Two years of a country. Where a vintage states all years anew, both are of the newest vintage that has both: a restated method
 * compares with no earlier one. Throws RuleError `no_value` with the years that there are.
 */
export function comparison(
  description: IndexDescription,
  all: readonly RecordedValue[],
  country: string,
  years: { readonly from: number; readonly to: number },
  policy: IndexPolicy,
): Comparison {
  const vintages = new Map<number, Map<string, RecordedValue>>();
  for (const year of [years.from, years.to]) {
    const own = all.filter((value) => value.country === country && value.year === year);
    vintages.set(year, new Map(own.map((value) => [value.vintage, value])));
  }
  const [before, after] = [vintages.get(years.from)!, vintages.get(years.to)!];
  for (const [field, found] of [
    ['from', before],
    ['to', after],
  ] as const) {
    if (found.size > 0) continue;
    const there = [...new Set(all.flatMap((value) => (value.country === country ? [value.year] : [])))];
    const allowed = there.sort((a, b) => a - b).map(String);
    throw new RuleError('no_value', 'there is no value of that year', { field, allowed });
  }
  const newest = (found: ReadonlyMap<string, RecordedValue>): RecordedValue =>
    found.get([...found.keys()].sort().at(-1)!)!;
  const shared = [...before.keys()].filter((vintage) => after.has(vintage)).sort();
  const restates = description.vintages === 'all-years';
  const one = restates ? shared.at(-1) : undefined;
  const [from, to] = one === undefined ? [newest(before), newest(after)] : [before.get(one)!, after.get(one)!];
  const told = { from, to };
  if (Math.min(years.from, years.to) < description.comparableFrom || (restates && one === undefined)) {
    return { ...told, comparable: false };
  }
  const change = compareScores(from, to, policy, description.decimals + 2);
  const table = (year: number): readonly RecordedValue[] => knownOn(all.filter((value) => value.year === year));
  const [tableBefore, tableAfter] = [table(years.from), table(years.to)];
  const base = { ...told, comparable: true, ...(change ? { change } : {}) };
  if (!isWhole(tableAfter)) return base;
  const sameSet = isWhole(tableBefore) ? inSameSet(tableBefore, tableAfter, country) : undefined;
  const alike = notDistinguishable(tableAfter, country, policy);
  return {
    ...base,
    ...(sameSet ? { sameSet } : {}),
    ...(alike === undefined ? {} : { notDistinguishable: alike }),
    ...(to.score === undefined ? {} : { placesPerPoint: placesPerPoint(tableAfter, to.score) }),
  };
}
