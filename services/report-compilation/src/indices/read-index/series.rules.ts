import { attainment, type Attainment, band } from '../compare-editions/score.rules.js';
import { isWhole, type Place, placeOf } from '../compare-editions/rank.rules.js';
import type { IndexDescription, IndexPolicy } from '../index-values/index-policy.rules.js';
import { isRestated, type RecordedValue, type Stated, statedBy } from '../index-values/index-value.rules.js';

/** What another vintage than the newest says otherwise of the same year. */
export interface EarlierVintage {
  readonly vintage: string;
  readonly recordedDay: string;
  readonly published: Stated;
}

export interface SeriesPoint {
  readonly year: number;
  /** There is no value of this year: a gap, never zero. */
  readonly missing?: true;
  readonly vintage?: string;
  readonly recordedDay?: string;
  /** The producer's values, unchanged. */
  readonly published?: Stated;
  /** Ours: the licences of some producers allow no changed values, so that these are told apart. */
  readonly computed?: {
    readonly band90?: readonly [number, number];
    readonly place?: Place;
    readonly placeInterval90?: readonly [number, number];
  };
  readonly comparable?: boolean;
  readonly restated?: readonly EarlierVintage[];
  readonly source?: string;
}

/** Digits that a band is told with: those of the score, one where it has none. */
const digits = ({ decimals }: IndexDescription): number => Math.max(1, decimals);

/** What is told of one value: the score with its band first, then the place of how many, with its interval. */
export function pointOf(
  value: RecordedValue,
  table: readonly RecordedValue[],
  interval: readonly [number, number] | undefined,
  description: IndexDescription,
  policy: Pick<IndexPolicy, 'z90'>,
): SeriesPoint {
  const bounds = band(value, policy, digits(description));
  const place = isWhole(table) ? placeOf(table, value.country) : undefined;
  return {
    ...{ year: value.year, vintage: value.vintage, recordedDay: value.recordedDay, published: statedBy(value) },
    computed: {
      ...(bounds ? { band90: bounds } : {}),
      ...(place ? { place } : {}),
      ...(place && interval ? { placeInterval90: interval } : {}),
    },
    comparable: value.year >= description.comparableFrom,
    source: value.source,
  };
}

/** The series of a country, each year from its first to its last; years without a value are told as missing. */
export function seriesOf(
  points: readonly SeriesPoint[],
  country: string,
  all: readonly RecordedValue[],
): readonly SeriesPoint[] {
  const byYear = new Map(points.map((point) => [point.year, point]));
  const years = [...byYear.keys()];
  if (years.length === 0) return [];
  const first = Math.min(...years);
  const earlier = Map.groupBy(
    all.filter((value) => value.country === country),
    ({ year }) => year,
  );
  return Array.from({ length: Math.max(...years) - first + 1 }, (_, i): SeriesPoint => {
    const year = first + i;
    const point = byYear.get(year);
    if (!point) return { year, missing: true };
    const others = (earlier.get(year) ?? [])
      .filter((one) => one.vintage !== point.vintage && isRestated(one, point.published!))
      .sort((a, b) => (a.vintage < b.vintage ? -1 : 1))
      .map((one) => ({ vintage: one.vintage, recordedDay: one.recordedDay, published: statedBy(one) }));
    return others.length === 0 ? point : { ...point, restated: others };
  });
}

/** The targets of a country beside its results. */
export const targetsOf = (
  policy: Pick<IndexPolicy, 'targets'>,
  index: string,
  country: string,
  values: readonly RecordedValue[],
): readonly Attainment[] =>
  policy.targets
    .filter((target) => target.index === index && target.country === country)
    .map((target) => attainment(target, (year) => values.find((v) => v.country === country && v.year === year)?.score));
