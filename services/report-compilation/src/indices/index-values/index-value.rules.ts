/** What a producer states. Whatever it left empty is missing here, never zero. */
export interface Stated {
  readonly score?: number;
  readonly standardError?: number;
  /** How many sources the score is made of: one more or less moves it. */
  readonly sources?: number;
  readonly rank?: number;
  /** How many countries are ranked. */
  readonly countries?: number;
  /** `derived`: 1 + the countries with a higher score, where the producer's own rank was not at hand. */
  readonly rankBasis?: 'published' | 'derived';
  /** 0 to 100, higher is better, with its bounds at 90 %. */
  readonly percentile?: number;
  readonly percentileLow?: number;
  readonly percentileHigh?: number;
}

/** One value of an index: what one vintage says of one country in one year. */
export interface IndexValue extends Stated {
  readonly series: string;
  /** ISO 3166-1 alpha-3, or the producer's code where there is none. */
  readonly country: string;
  readonly year: number;
  /** The publication that states it; begins with a year, so that later ones sort after earlier ones. */
  readonly vintage: string;
  readonly source: string;
  readonly licence: string;
}

export interface RecordedValue extends IndexValue {
  /** The day on which it came to be known here. */
  readonly recordedDay: string;
}

const STATED: readonly (keyof Stated)[] = [
  ...(['score', 'standardError', 'sources', 'rank', 'countries', 'rankBasis'] as const),
  ...(['percentile', 'percentileLow', 'percentileHigh'] as const),
];

/** `<series>:<country>:<year>:<vintage>`. */
export const keyOf = ({ series, country, year, vintage }: IndexValue): string =>
  `${series}:${country}:${year}:${vintage}`;

/** What a value states, and nothing else of it. */
export const statedBy = (value: Stated): Stated =>
  Object.fromEntries(STATED.flatMap((field) => (value[field] === undefined ? [] : [[field, value[field]]])));

/** The first field in which two values of one key differ; a value is never changed under its vintage. */
export const differsIn = (one: Stated, other: Stated): keyof Stated | undefined =>
  STATED.find((field) => one[field] !== other[field]);

/** Whether two vintages say otherwise of what both state; what only one of them tells is no restatement. */
export const isRestated = (one: Stated, other: Stated): boolean =>
  STATED.some((field) => one[field] !== undefined && other[field] !== undefined && one[field] !== other[field]);

/**
 * Of each country and year the newest vintage among those recorded up to the day, or up to now without one. An older vintage
 * that is loaded later does not take the place of a newer one.
 */
export function knownOn<T extends RecordedValue>(values: readonly T[], day?: string): T[] {
  const newest = new Map<string, T>();
  for (const value of values) {
    if (day !== undefined && value.recordedDay > day) continue;
    const place = `${value.country}:${value.year}`;
    const other = newest.get(place);
    if (!other || other.vintage < value.vintage) newest.set(place, value);
  }
  return [...newest.values()];
}
