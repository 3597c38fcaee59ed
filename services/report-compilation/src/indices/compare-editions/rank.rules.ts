import type { IndexPolicy } from '../index-values/index-policy.rules.js';
import type { IndexValue, Stated } from '../index-values/index-value.rules.js';
import { compareScores } from './score.rules.js';

export interface Scored extends Stated {
  readonly country: string;
}

export interface Place {
  readonly rank: number;
  readonly of: number;
  /** Other countries with the same score. */
  readonly tiedWith: number;
}

const scored = (table: readonly Scored[]): readonly Scored[] => table.filter(({ score }) => score !== undefined);

/** Whether the table of an edition has all the countries that its producer ranked: only then can places be counted. */
export const isWhole = (table: readonly Scored[]): boolean =>
  table.length > 0 &&
  table.every(({ countries }) => countries === table.length) &&
  scored(table).length === table.length;

/** The place of a score in a table: 1 + the countries with a higher one. */
export const placeOfScore = (table: readonly Scored[], score: number): number =>
  1 + scored(table).filter((other) => other.score! > score).length;

/** The place of a country in a table, counted from the scores; missing when it has none there. */
export function placeOf(table: readonly Scored[], country: string): Place | undefined {
  const all = scored(table);
  const own = all.find((one) => one.country === country);
  if (!own) return undefined;
  const tiedWith = all.filter((one) => one !== own && one.score === own.score).length;
  return { rank: placeOfScore(all, own.score!), of: all.length, tiedWith };
}

export interface SameSet {
  readonly countries: number;
  readonly from: number;
  readonly to: number;
}

/** The places of a country among those that stand in both editions: who joined or left moves nobody. */
export function inSameSet(before: readonly Scored[], after: readonly Scored[], country: string): SameSet | undefined {
  const there = new Set(scored(after).map((one) => one.country));
  const both = new Set(scored(before).flatMap((one) => (there.has(one.country) ? [one.country] : [])));
  const from = placeOf(
    before.filter((one) => both.has(one.country)),
    country,
  );
  const to = placeOf(
    after.filter((one) => both.has(one.country)),
    country,
  );
  return from && to ? { countries: both.size, from: from.rank, to: to.rank } : undefined;
}

/** How many countries a score does not tell from this one at 90 %; missing when an error is. */
export function notDistinguishable(
  table: readonly Scored[],
  country: string,
  limits: Pick<IndexPolicy, 'z90' | 'z95'>,
): number | undefined {
  const own = table.find((one) => one.country === country);
  if (!own) return undefined;
  const verdicts = table.filter((one) => one !== own).map((one) => compareScores(own, one, limits)?.verdict);
  if (verdicts.some((verdict) => verdict === undefined || verdict === 'not-known')) return undefined;
  return verdicts.filter((verdict) => verdict === 'no-significant-change').length;
}

/** The places that whole scores around one have in a table: what a point more or less would be worth. */
export function placesPerPoint(table: readonly Scored[], score: number, reach = 2): { score: number; rank: number }[] {
  const around = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.round(score) - reach + i);
  return around.map((one) => ({ score: one, rank: placeOfScore(table, one) }));
}

export interface Disagreement {
  readonly country: string;
  readonly year: number;
  readonly published: number;
  readonly counted: number;
}

/** The published places that the scores of a whole edition do not bear out; editions of which only a part is there are left out. */
export function disagreeing(values: readonly IndexValue[]): Disagreement[] {
  const tables = Map.groupBy(values, ({ series, year, vintage }) => `${series}:${year}:${vintage}`);
  return [...tables.values()].filter(isWhole).flatMap((table) =>
    table.flatMap(({ country, year, score, rank, rankBasis }) => {
      const counted = placeOfScore(table, score!);
      return rank === undefined || rankBasis !== 'published' || rank === counted
        ? []
        : [{ country, year, published: rank, counted }];
    }),
  );
}
