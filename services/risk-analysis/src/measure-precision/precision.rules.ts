/** A finding of an indicator that became a case, and how the case was decided, if it was. */
export interface Finding {
  readonly indicator: string;
  readonly outcome?: string;
}

export interface Precision {
  readonly indicator: string;
  readonly referred: number;
  readonly decided: number;
  readonly liable: number;
  /** The share of decided cases in which somebody was liable, and its 95 % interval; not there before a case was decided. */
  readonly precision?: number;
  readonly low?: number;
  readonly high?: number;
}

const round = (n: number): number => Math.round(n * 10_000) / 10_000;
const Z = 1.96;

/** Wilson's interval: it stays between 0 and 1, and says much of few cases only when they say much. */
export function wilson(liable: number, decided: number): { low: number; high: number } {
  const share = liable / decided;
  const scale = 1 + Z ** 2 / decided;
  const middle = share + Z ** 2 / (2 * decided);
  const wide = Z * Math.sqrt((share * (1 - share)) / decided + Z ** 2 / (4 * decided ** 2));
  return { low: round(Math.max(0, (middle - wide) / scale)), high: round(Math.min(1, (middle + wide) / scale)) };
}

/** How often each indicator was right, measured by decided cases: ground truth comes from people, never from the signal. */
export function precisionOf(findings: readonly Finding[]): Precision[] {
  return [...Map.groupBy(findings, (one) => one.indicator)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([indicator, all]) => {
      const decided = all.filter(({ outcome }) => outcome !== undefined).length;
      const liable = all.filter(({ outcome }) => outcome === 'decided-liable').length;
      const counts = { indicator, referred: all.length, decided, liable };
      return decided === 0 ? counts : { ...counts, precision: round(liable / decided), ...wilson(liable, decided) };
    });
}
