/** The quantile of a sorted list by Hyndman and Fan's type 8: h = (n + 1/3) t + 1/3; NaN of an empty one. */
export function quantile(sorted: ArrayLike<number>, t: number): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  const h = (n + 1 / 3) * t + 1 / 3;
  const whole = Math.floor(h);
  if (whole <= 0 || t === 0) return sorted[0]!;
  if (whole >= n || t === 1) return sorted[n - 1]!;
  const below = sorted[whole - 1]!;
  return below + (h - whole) * (sorted[whole]! - below);
}

/** Quartiles of a list, with how many there were. */
export interface Quartiles {
  readonly n: number;
  readonly q1: number;
  readonly q3: number;
}

export const sortedValues = (values: Iterable<number>): Float64Array => Float64Array.from(values).sort();

export const quartiles = (sorted: ArrayLike<number>): Quartiles => ({
  n: sorted.length,
  q1: quantile(sorted, 0.25),
  q3: quantile(sorted, 0.75),
});

/** The lower and upper fence, one and a half interquartile ranges beyond the quartiles. */
export const lowerFence = ({ q1, q3 }: Quartiles): number => q1 - 1.5 * (q3 - q1);
export const upperFence = ({ q1, q3 }: Quartiles): number => q3 + 1.5 * (q3 - q1);

/** Fewer values, or no spread, tell of no outlier: Cardinal flags everybody then (notes b.2). */
export const FEWEST = 8;
export const tellsOutliers = ({ n, q1, q3 }: Quartiles): boolean => n >= FEWEST && q3 - q1 > 0;
