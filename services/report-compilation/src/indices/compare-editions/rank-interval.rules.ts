import type { Scored } from './rank.rules.js';

/** Numbers from 0 to under 1 that look random and are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Two independent numbers of the standard normal distribution (Box and Muller). */
function twoNormals(random: () => number): readonly [number, number] {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  const angle = 2 * Math.PI * random();
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** How many of the sorted numbers are greater. */
function above(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return sorted.length - low;
}

/**
 * The places between which each country lies with 90 % (5th and 95th of a hundred), when every score is drawn anew from its
 * standard error. Nothing when a country has none: a score taken for certain would make the others look more certain too.
 */
export function rankIntervals(
  table: readonly Scored[],
  draws: number,
  random: () => number,
): ReadonlyMap<string, readonly [number, number]> {
  const usable = table.every(({ score, standardError }) => score !== undefined && (standardError ?? 0) > 0);
  if (!usable || draws < 1) return new Map();
  const n = table.length;
  const scores = Float64Array.from(table, ({ score }) => score!);
  const errors = Float64Array.from(table, ({ standardError }) => standardError!);
  const drawn = new Float64Array(n);
  const counts = table.map(() => new Uint32Array(n + 1));
  for (let draw = 0; draw < draws; draw += 1) {
    for (let i = 0; i < n; i += 2) {
      const [one, other] = twoNormals(random);
      drawn[i] = scores[i]! + errors[i]! * one;
      if (i + 1 < n) drawn[i + 1] = scores[i + 1]! + errors[i + 1]! * other;
    }
    const sorted = drawn.slice().sort();
    for (let i = 0; i < n; i += 1) counts[i]![1 + above(sorted, drawn[i]!)]! += 1;
  }
  const at = (places: Uint32Array, share: number): number => {
    let seen = 0;
    return places.findIndex((times) => (seen += times) >= share * draws);
  };
  return new Map(table.map(({ country }, i) => [country, [at(counts[i]!, 0.05), at(counts[i]!, 0.95)] as const]));
}
