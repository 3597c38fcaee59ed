export const STATES = ['triggered', 'not-triggered', 'insufficient-data', 'not-applicable', 'error'] as const;
export type State = (typeof STATES)[number];

/** What an indicator says of one subject. */
export interface Outcome {
  readonly state: State;
  /** Of a triggered one; always finite. */
  readonly value?: number;
  /** A code: why there is no answer. */
  readonly reason?: string;
  /** Tenderers that the signal is about as well, and the value that they carry. */
  readonly tenderers?: readonly string[];
  readonly tendererValue?: number;
}

export const CLEAR: Outcome = { state: 'not-triggered' };

/** One object for each reason: there are a dozen of them, and six outcomes for each of millions of processes. */
const known = (state: State): ((reason: string) => Outcome) => {
  const each = new Map<string, Outcome>();
  return (reason) => {
    let outcome = each.get(reason);
    if (!outcome) each.set(reason, (outcome = Object.freeze({ state, reason })));
    return outcome;
  };
};
export const insufficient = known('insufficient-data');
export const notApplicable = known('not-applicable');
export const faulty = known('error');
/** Nearly all that carry nobody say no more than that. */
const YES: Outcome = Object.freeze({ state: 'triggered', value: 1 });
export const triggered = (value: number, tenderers?: readonly string[], tendererValue = value): Outcome =>
  tenderers
    ? { state: 'triggered', value, tenderers, tendererValue }
    : value === 1
      ? YES
      : { state: 'triggered', value };

/** The strongest of several: a signal in one lot is a signal of the process, and silence of one is not an answer of all. */
const ORDER: readonly State[] = ['triggered', 'error', 'insufficient-data', 'not-triggered', 'not-applicable'];

/** One outcome of a process from those of its lots. */
export function strongest(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.length === 1) return outcomes[0]!;
  const state = ORDER.find((one) => outcomes.some((o) => o.state === one)) ?? 'not-applicable';
  const same = outcomes.filter((o) => o.state === state);
  if (state !== 'triggered') return same[0] ?? notApplicable('no-lots');
  const tenderers = [...new Set(same.flatMap((o) => o.tenderers ?? []))];
  const top = same.reduce((a, b) => (b.value! > a.value! ? b : a));
  return tenderers.length > 0 ? { ...top, tenderers } : top;
}
