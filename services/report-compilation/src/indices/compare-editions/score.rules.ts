import type { IndexPolicy, Target } from '../index-values/index-policy.rules.js';
import type { Stated } from '../index-values/index-value.rules.js';

type Score = Pick<Stated, 'score' | 'standardError'>;
type Limits = Pick<IndexPolicy, 'z90' | 'z95'>;

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** The standard error, when there is one: zero stands for an empty cell somewhere, not for certainty. */
const errorOf = ({ standardError }: Score): number | undefined =>
  standardError !== undefined && standardError > 0 ? standardError : undefined;

/** The bounds of the score at 90 % in its own unit; a gap without a standard error. */
export function band(value: Score, { z90 }: Pick<Limits, 'z90'>, digits = 1): readonly [number, number] | undefined {
  const error = errorOf(value);
  if (value.score === undefined || error === undefined) return undefined;
  return [rounded(value.score - z90 * error, digits), rounded(value.score + z90 * error, digits)];
}

export interface Change {
  readonly difference: number;
  /** Difference over its standard error; missing when an edition has no standard error. */
  readonly z?: number;
  readonly verdict: 'risen' | 'fallen' | 'no-significant-change' | 'not-known';
  /** The highest of 90 and 95 % at which the two differ. */
  readonly significantAt?: 90 | 95;
}

/** Whether two scores differ at 90 % (domain notes 2.2 rule 3); without standard errors it is not known. */
export function compareScores(before: Score, after: Score, { z90, z95 }: Limits, digits = 2): Change | undefined {
  if (before.score === undefined || after.score === undefined) return undefined;
  const difference = rounded(after.score - before.score, digits);
  const [one, other] = [errorOf(before), errorOf(after)];
  if (one === undefined || other === undefined) return { difference, verdict: 'not-known' };
  const z = (after.score - before.score) / Math.hypot(one, other);
  const told = { difference, z: rounded(z, 2) };
  if (Math.abs(z) < z90) return { ...told, verdict: 'no-significant-change' };
  return { ...told, verdict: z > 0 ? 'risen' : 'fallen', significantAt: Math.abs(z) < z95 ? 90 : 95 };
}

export interface Attainment {
  readonly target: number;
  readonly year: number;
  /** The score of that year; missing until it is known. */
  readonly result?: number;
  readonly met?: boolean;
  /** Points that are missing to the target. */
  readonly short?: number;
  /** The part of the way from the base to the target that was gone; negative when it went backwards. */
  readonly wayGone?: number;
  readonly base?: { readonly year: number; readonly score: number };
  readonly source: string;
  readonly checked: boolean;
}

/** The target beside the result, also a missed one (domain notes 2.2 rule 6). */
export function attainment(target: Target, scoreOf: (year: number) => number | undefined): Attainment {
  const { score, year, baseYear, source, checked } = target;
  const [result, base] = [scoreOf(year), scoreOf(baseYear)];
  return {
    ...{ target: score, year },
    ...(result === undefined ? {} : { result, met: result >= score, short: Math.max(0, rounded(score - result, 4)) }),
    ...(base === undefined ? {} : { base: { year: baseYear, score: base } }),
    ...(result === undefined || base === undefined || base === score
      ? {}
      : { wayGone: rounded((result - base) / (score - base), 2) }),
    ...{ source, checked },
  };
}
