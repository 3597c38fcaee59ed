import { addDays, daysBetween, type GoalOutcome, type GoalStatus } from '@aiqyn/contracts';
import { freshDays, type GoalPack, type Indicator, type IndicatorFacts, type Measured } from './indicator.rules.js';

/** Binary fractions: 0.95 x 0.8 must not turn a goal that is exactly on its way amber. */
const NEARLY = 1e-9;

/** The measurements that stand: of each day the one that no later one corrects, in the order of days. */
export function standing(measurements: readonly Measured[]): readonly Measured[] {
  const corrected = new Set(measurements.map(({ corrects }) => corrects));
  return measurements
    .filter(({ number }) => !corrected.has(number))
    .sort((a, b) => (a.day === b.day ? a.number - b.number : a.day < b.day ? -1 : 1));
}

/** The share of the way that is done: 0 at the baseline, 1 at the target; of a corridor against the share that is asked for. */
export function progress(pack: GoalPack, facts: IndicatorFacts, stands: readonly Measured[]): number {
  if (facts.corridor) {
    const { low, high, share } = facts.corridor;
    // The last word on each period counts, so that measuring more often does not weigh more.
    const periods = new Map(
      stands.map(({ day, value }) => [
        Math.floor(daysBetween(facts.startDay, day) / pack.frequencyDays[facts.frequency]!),
        value,
      ]),
    );
    const inside = [...periods.values()].filter((value) => value >= low && value <= high).length;
    return periods.size === 0 ? 0 : inside / periods.size / share;
  }
  const [baseline, target] = [facts.baseline!, facts.target!];
  return ((stands.at(-1)?.value ?? baseline) - baseline) / (target - baseline);
}

/** The first day on which nothing fresh enough is known any more. */
export const staleFrom = (pack: GoalPack, facts: IndicatorFacts, stands: readonly Measured[]): string =>
  addDays(stands.at(-1)?.day ?? facts.startDay, freshDays(pack, facts.frequency) + 1);

/**
 * The state of an indicator (domain notes, compliance C4): progress p against the share t of the period that has passed on the
 * day of the measurement. Green from 0.95 t or once reached, amber from 0.75 t, red below, grey without a measurement that is
 * fresh enough. What is to be kept is measured against the whole share at any time.
 */
export function goalStatus(
  pack: GoalPack,
  facts: IndicatorFacts,
  stands: readonly Measured[],
  today: string,
): GoalStatus {
  const last = stands.at(-1);
  if (!last || today >= staleFrom(pack, facts, stands)) return 'grey';
  const period = daysBetween(facts.startDay, facts.dueDay);
  const passed = facts.corridor ? 1 : Math.min(1, Math.max(0, daysBetween(facts.startDay, last.day) / period));
  const p = progress(pack, facts, stands);
  const at = (share: number): boolean => p >= share * passed - NEARLY;
  if (p >= 1 - NEARLY || at(pack.green)) return 'green';
  return at(pack.amber) ? 'amber' : 'red';
}

/** What became of the target by a day: what was measured up to its day decides whether it was reached in time. */
export function outcomeOf(
  pack: GoalPack,
  facts: IndicatorFacts,
  stands: readonly Measured[],
  today: string,
): GoalOutcome {
  const reached = (of: readonly Measured[]): boolean => of.length > 0 && progress(pack, facts, of) >= 1 - NEARLY;
  if (today <= facts.dueDay) return 'open';
  if (reached(stands.filter(({ day }) => day <= facts.dueDay))) return 'reached';
  // What is to be kept cannot be kept afterwards.
  return !facts.corridor && reached(stands) ? 'reached-late' : 'missed';
}

const WORST_FIRST: readonly GoalStatus[] = ['red', 'grey', 'amber', 'green'];

/** The status of what has parts: that of the worst, and not to know is worse than to lag; grey when there are none. */
export const worst = (statuses: readonly GoalStatus[]): GoalStatus =>
  WORST_FIRST.find((status) => statuses.includes(status)) ?? 'grey';

/** Where an indicator begins, before it was looked at. */
export const unmeasured = (): Pick<
  Indicator,
  'measurements' | 'outside' | 'status' | 'computed' | 'outcome' | 'contributors'
> => ({ ...{ measurements: [], outside: [], contributors: [] }, status: 'grey', computed: 'grey', outcome: 'open' });
