/** Of so many processes that could be judged, so many were flagged. */
export interface Rate {
  readonly flagged: number;
  readonly evaluable: number;
}

export interface Windows {
  readonly before: Rate;
  readonly after: Rate;
}

export interface EffectPolicy {
  /** Fewer processes in any of the four windows tell nothing. */
  readonly least: number;
  /** Standard deviations of the interval: 1.96 for 95 %. */
  readonly deviations: number;
}

export type Effect =
  | {
      readonly state: 'measured';
      /** Change of the area's rate, less that of the others, in shares: below zero is better. */
      readonly change: number;
      readonly low: number;
      readonly high: number;
    }
  | { readonly state: 'insufficient-data'; readonly reason: 'too-few-processes' };

const share = ({ flagged, evaluable }: Rate): number => flagged / evaluable;
const variance = (rate: Rate): number => (share(rate) * (1 - share(rate))) / rate.evaluable;
const round = (n: number): number => Math.round(n * 10_000) / 10_000 + 0;

/**
 * The effect of a recommendation as a difference in differences: what became of the signal rate in its area, less what became of it
 * in the others over the same days. The interval is that of a sum of independent shares.
 */
export function effectOf(area: Windows, others: Windows, { least, deviations }: EffectPolicy): Effect {
  const all = [area.before, area.after, others.before, others.after];
  if (all.some(({ evaluable }) => evaluable < least))
    return { state: 'insufficient-data', reason: 'too-few-processes' };
  const change = share(area.after) - share(area.before) - (share(others.after) - share(others.before));
  const wide = deviations * Math.sqrt(all.reduce((sum, rate) => sum + variance(rate), 0));
  return { state: 'measured', change: round(change), low: round(change - wide), high: round(change + wide) };
}
