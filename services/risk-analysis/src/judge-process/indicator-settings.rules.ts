/** Which rules are computed, and with what parameters: of a file of Cardinal's, or of the definitions in force on a day. */
export interface IndicatorSettings {
  /** `cardinal-0.0.8` computes as that program does, its faults included; `aiqyn` corrects them. */
  readonly set: IndicatorSet;
  /** Prices in any other currency are passed over; undefined: each currency is compared within itself (aiqyn). */
  readonly currency?: string | undefined;
  /** Values of tender/procurementMethodDetails: only these, or all but those, are compared by price. */
  readonly priceOnlyFor: ReadonlySet<string>;
  readonly noPriceFor: ReadonlySet<string>;
  readonly excludedDetails: ReadonlySet<string>;
  readonly R003?: { threshold: number; methods: ReadonlySet<string>; byDetails: ReadonlyMap<string, number> };
  readonly R018?: { methods: ReadonlySet<string> };
  readonly R024?: { threshold?: number | undefined };
  readonly R025?: { percentile: number; threshold?: number | undefined };
  readonly R028?: object;
  readonly R030?: object;
  readonly R035?: { threshold: number };
  readonly R036?: object;
  readonly R038?: { threshold?: number | undefined; minimumBids: number; minimumProcesses: number };
  readonly R048?: { digits: number; threshold?: number | undefined; minimumProcesses: number };
  readonly R058?: { threshold?: number | undefined };
}

export const INDICATOR_SETS = ['cardinal-0.0.8', 'aiqyn'] as const;
export type IndicatorSet = (typeof INDICATOR_SETS)[number];

/** Whether the faults of Cardinal are kept, so that its figures come out. */
export const isStrict = ({ set }: IndicatorSettings): boolean => set === 'cardinal-0.0.8';

const NONE: ReadonlySet<string> = new Set();

/** The eleven with the defaults of the notes (b.1). */
export const defaultSettings = (set: IndicatorSet): IndicatorSettings => ({
  set,
  priceOnlyFor: NONE,
  noPriceFor: NONE,
  excludedDetails: NONE,
  R003: { threshold: 15, methods: NONE, byDetails: new Map() },
  R018: { methods: new Set(['open', 'selective']) },
  R024: {},
  R025: { percentile: 75 },
  R028: {},
  R030: {},
  R035: { threshold: 1 },
  R036: {},
  R038: { minimumBids: 2, minimumProcesses: 2 },
  R048: { digits: 2, minimumProcesses: 20 },
  R058: {},
});
