import type { IndicatorSettings } from '../judge-process/indicator-settings.rules.js';
import type { Gap } from './contribution.rules.js';
import { lowerFence, quantile, quartiles, sortedValues, tellsOutliers, upperFence } from './quartiles.rules.js';

/** A part of a whole over so many processes: bids that won, bids that were disqualified. */
export interface Share {
  readonly part: number;
  readonly whole: number;
  readonly processes: number;
}

/** In how many processes a supplier supplied, and of how many classes. */
export interface Variety {
  readonly processes: number;
  readonly classes: number;
}

/** Whose disqualified bids are counted. */
export const SHARE_GROUPS = ['Buyer', 'ProcuringEntity', 'Tenderer'] as const;
export type ShareGroup = (typeof SHARE_GROUPS)[number];

/** All that the fences are computed of. */
export interface Knowledge {
  readonly gaps: Iterable<number>;
  readonly wins: Iterable<Share>;
  readonly disqualified: Readonly<Record<ShareGroup, Iterable<Share>>>;
  readonly supplies: Iterable<Variety>;
}

/** From where on somebody stands out; without one, nobody can be told. */
export interface Limits {
  readonly R024?: number;
  readonly R025?: { readonly many: number; readonly low: number };
  readonly R038?: Readonly<Partial<Record<ShareGroup, number>>>;
  readonly R048?: number;
  readonly R058?: number;
}

export type Meta = Record<string, Record<string, number>>;

export interface Fences {
  readonly limits: Limits;
  /** Quartiles and fences, by indicator. */
  readonly meta: Meta;
  /** Indicators whose data tell of no outlier: too few, or all alike. */
  readonly noSpread: readonly string[];
}

/** The fences of all that is known; of the set `aiqyn` none where the data tell of no outlier. */
export function fencesOf(known: Knowledge, settings: IndicatorSettings): Fences {
  const building = new Building(settings);
  const { R024, R025, R038, R048, R058 } = settings;
  const limits: { -readonly [K in keyof Limits]: Limits[K] } = {};
  if (R024 || R058) {
    const ratios = [...known.gaps];
    const low = R024 && building.fence('R024', ratios, R024.threshold, 'lower');
    const high = R058 && building.fence('R058', ratios, R058.threshold, 'upper');
    if (low !== undefined && low > 0) limits.R024 = low;
    if (high !== undefined && high > 0) limits.R058 = high;
  }
  if (R025) {
    const shares = [...known.wins];
    const many = quantile(sortedValues(shares.map((s) => s.whole)), R025.percentile / 100);
    const ratios = shares.map((s) => s.part / s.whole);
    const low = building.fence('R025', ratios, R025.threshold, 'lower');
    building.note('R025', 'upper_fence', many);
    if (low !== undefined && low > 0) limits.R025 = { many, low };
  }
  if (R038) {
    const each: Partial<Record<ShareGroup, number>> = {};
    for (const group of SHARE_GROUPS) {
      const ratios: number[] = [];
      for (const share of known.disqualified[group])
        if (countsForR038(group, share, settings)) ratios.push(share.part / share.whole);
      if (ratios.length === 0) continue;
      const high = building.fence('R038', ratios, R038.threshold, 'upper', `${group}_`);
      if (high !== undefined && high > 0) each[group] = high;
    }
    limits.R038 = each;
  }
  if (R048) {
    const counts: number[] = [];
    for (const one of known.supplies) if (one.processes >= R048.minimumProcesses) counts.push(one.classes);
    const high = building.fence('R048', counts, R048.threshold, 'upper');
    if (high !== undefined) limits.R048 = high;
  }
  return { limits, meta: building.meta, noSpread: building.noSpread };
}

class Building {
  readonly meta: Meta = {};
  readonly noSpread: string[] = [];

  constructor(private readonly settings: IndicatorSettings) {}

  note(code: string, key: string, value: number): void {
    (this.meta[code] ??= {})[key] = value;
  }

  /** A fence by the data where the settings have no threshold; undefined where the data tell of no outlier. */
  fence(
    code: string,
    values: Iterable<number>,
    threshold: number | undefined,
    side: 'lower' | 'upper',
    prefix = '',
  ): number | undefined {
    const key = `${prefix}${side}_fence`;
    if (threshold !== undefined) {
      this.note(code, key, threshold);
      return threshold;
    }
    const q = quartiles(sortedValues(values));
    this.note(code, `${prefix}q1`, q.q1);
    this.note(code, `${prefix}q3`, q.q3);
    const fence = side === 'lower' ? lowerFence(q) : upperFence(q);
    this.note(code, key, fence);
    if (this.settings.set === 'aiqyn' && !tellsOutliers(q)) {
      this.noSpread.push(prefix === '' ? code : `${code} ${prefix.slice(0, -1)}`);
      return undefined;
    }
    // Three quarters of all are at nothing: the rest, or all, would be flagged.
    return side === 'lower' && !(q.q1 > 0) ? undefined : fence;
  }
}

/** Whether somebody has enough to be compared; its manual says processes, Cardinal compares the number of bids. */
export function countsForR038(
  group: ShareGroup,
  { whole, processes }: Share,
  { R038, set }: IndicatorSettings,
): boolean {
  if (group === 'Tenderer') return whole >= R038!.minimumBids;
  return (set === 'aiqyn' ? processes : whole) >= R038!.minimumProcesses;
}

/** R024: the next bid was that close. */
export const closeGaps = (gaps: readonly Gap[], { R024 }: Limits): readonly Gap[] =>
  R024 === undefined ? [] : gaps.filter((g) => g.ratio <= R024);

/** R058: the next bid was that far. */
export const farGaps = (gaps: readonly Gap[], { R058 }: Limits): readonly Gap[] =>
  R058 === undefined ? [] : gaps.filter((g) => g.ratio >= R058);

/** R025: many bids, few of them won. */
export const winsRarely = ({ part, whole }: Share, { R025 }: Limits): number | undefined =>
  R025 && whole >= R025.many && part / whole <= R025.low ? part / whole : undefined;

/** R038: many of the bids disqualified. */
export function oftenDisqualified(
  group: ShareGroup,
  share: Share,
  { R038 }: Limits,
  settings: IndicatorSettings,
): number | undefined {
  const limit = R038?.[group];
  if (limit === undefined || !countsForR038(group, share, settings)) return undefined;
  const ratio = share.part / share.whole;
  return ratio >= limit ? ratio : undefined;
}

/** R048: one supplier of very different things. */
export const suppliesAnything = (
  { processes, classes }: Variety,
  { R048 }: Limits,
  settings: IndicatorSettings,
): number | undefined =>
  R048 !== undefined && processes >= settings.R048!.minimumProcesses && classes >= R048 ? classes : undefined;
