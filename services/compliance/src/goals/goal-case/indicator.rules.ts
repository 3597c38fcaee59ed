import { daysBetween, type GoalDirection, type GoalOutcome, type GoalStatus, isDay, RuleError } from '@aiqyn/contracts';

/** One measurement; never changed. A correction is a later one that names what it corrects. */
export interface Measured {
  readonly number: number;
  /** The day that the value is of; of a correction that of what it corrects. */
  readonly day: string;
  readonly value: number;
  readonly recordedDay: string;
  readonly by: string;
  readonly corrects?: number;
  readonly reason?: string;
}

/** From when to when one official answers; the last one has no end. */
export interface Term {
  readonly position: string;
  /** Keyed id; missing while only the position is told, as in a goal that a recommendation asked for. */
  readonly officialId?: string;
  readonly from: string;
  readonly to?: string;
  readonly acting?: true;
  readonly givenBy?: string;
  readonly takenBy?: string;
}

/** What who gives has signed, and who takes over has not yet. */
export interface Handover {
  readonly day: string;
  readonly untilDay?: string;
  readonly position: string;
  readonly officialId: string;
  readonly givenBy: string;
}

export interface Corridor {
  readonly low: number;
  readonly high: number;
  /** The share of periods that must be inside, above 0 to 1. */
  readonly share: number;
}

export interface Assessed {
  readonly number: number;
  readonly day: string;
  readonly status: GoalStatus;
  readonly reason: string;
  readonly link: string;
  readonly assessorBin: string;
  readonly by: string;
}

/** What an indicator measures, against what, and how often. */
export interface IndicatorFacts {
  readonly unit: string;
  readonly direction: GoalDirection;
  readonly baseline?: number;
  readonly target?: number;
  readonly corridor?: Corridor;
  readonly frequency: string;
  /** The day of the baseline. */
  readonly startDay: string;
  /** The day of the target. */
  readonly dueDay: string;
}

export interface Indicator extends IndicatorFacts {
  readonly code: string;
  readonly title?: string;
  readonly formula?: string;
  readonly source: string;
  /** Positions that contribute; one alone answers. */
  readonly contributors: readonly string[];
  readonly measurements: readonly Measured[];
  readonly terms: readonly Term[];
  readonly handover?: Handover;
  readonly override?: {
    readonly status: GoalStatus;
    readonly reason: string;
    readonly by: string;
    readonly day: string;
  };
  /** What bodies outside say, beside the official status. */
  readonly outside: readonly Assessed[];
  readonly status: GoalStatus;
  /** What the formula says; another than the status only while that is set by hand. */
  readonly computed: GoalStatus;
  readonly outcome: GoalOutcome;
  /** While it is red, or not measured when it should have been: since when, and which steps of the ladder were taken. */
  readonly episode?: { readonly since: string; readonly steps: readonly string[] };
}

export interface GoalPack {
  readonly id: string;
  readonly green: number;
  readonly amber: number;
  /** A measurement older than this share of the frequency says nothing any more. */
  readonly staleAfterShare: number;
  readonly frequencyDays: Readonly<Record<string, number>>;
  readonly recommendationFrequency: string;
}

/** Reads a goal pack; throws RuleError `bad_policy` naming the field. */
export function goalPack(raw: unknown): GoalPack {
  const pack = raw as GoalPack & { source: unknown; checked: unknown; effectiveFrom: unknown };
  const need = (holds: boolean, field: string): void => {
    if (!holds) throw new RuleError('bad_policy', `goal pack: ${field} is missing or wrong`, { field });
  };
  need(typeof pack?.id === 'string', 'id');
  need(isDay(String(pack.effectiveFrom)), 'effectiveFrom');
  need(typeof pack.source === 'string', 'source');
  need(typeof pack.checked === 'boolean', 'checked');
  need(pack.amber > 0, 'amber');
  need(pack.green > pack.amber && pack.green <= 1, 'green');
  need(pack.staleAfterShare >= 1, 'staleAfterShare');
  const days = Object.entries(pack.frequencyDays ?? {});
  need(days.length > 0 && days.every(([, n]) => Number.isInteger(n) && n > 0), 'frequencyDays');
  need(pack.frequencyDays[pack.recommendationFrequency] !== undefined, 'recommendationFrequency');
  return pack;
}

/** Days for which a measurement of that frequency is fresh. */
export const freshDays = (pack: GoalPack, frequency: string): number =>
  Math.ceil(pack.frequencyDays[frequency]! * pack.staleAfterShare);

const no = (code: string, message: string, field: string, allowed?: readonly string[]): never => {
  throw new RuleError(code, message, { field, ...(allowed ? { allowed } : {}) });
};

/** Refuses an indicator that cannot be judged; throws RuleError naming the field. */
export function judgeIndicator(pack: GoalPack, facts: IndicatorFacts): void {
  const { direction, baseline, target, corridor, frequency, startDay, dueDay } = facts;
  if (pack.frequencyDays[frequency] === undefined)
    no('unknown_frequency', 'this frequency is not in the pack', 'frequency', Object.keys(pack.frequencyDays));
  if (daysBetween(startDay, dueDay) <= 0) no('day_out_of_range', 'dueDay must be after startDay', 'dueDay');
  if (direction === 'keep') {
    if (!corridor) return no('wrong_fields', 'what is to be kept has a corridor', 'corridor');
    if (baseline !== undefined) no('wrong_fields', 'what is to be kept has a corridor, no baseline', 'baseline');
    if (target !== undefined) no('wrong_fields', 'what is to be kept has a corridor, no target', 'target');
    if (corridor.low >= corridor.high) no('wrong_fields', 'low must be below high', 'corridor.low');
    return;
  }
  if (corridor) no('wrong_fields', 'only what is to be kept has a corridor', 'corridor');
  if (baseline === undefined) return no('wrong_fields', 'a baseline is needed', 'baseline');
  if (target === undefined) return no('wrong_fields', 'a target is needed', 'target');
  judgeValue(facts, baseline, 'baseline');
  judgeValue(facts, target, 'target');
  if (target === baseline) no('target_is_baseline', 'a target that is the baseline asks for nothing', 'target');
  if (target > baseline !== (direction === 'up'))
    no('wrong_direction', 'from the baseline to the target it goes the other way', 'direction');
}

/** Throws RuleError `value_out_of_range` for a share that is none. */
export function judgeValue({ unit }: { readonly unit: string }, value: number, field: string): void {
  if (unit === 'share' && (value < 0 || value > 1)) no('value_out_of_range', 'a share is from 0 to 1', field);
}
