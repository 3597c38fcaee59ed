import { AREAS, daysBetween, type GoalStatus, type RecommendationIssuedV1, RuleError } from '@aiqyn/contracts';

export interface GoalPack {
  readonly id: string;
  readonly green: number;
  readonly amber: number;
  /** A measurement older than this says nothing any more. */
  readonly staleAfterDays: number;
}

export interface PositionPack {
  readonly id: string;
  readonly byArea: Readonly<Record<string, string>>;
}

export interface GoalFacts {
  readonly baseline: number;
  readonly target: number;
  readonly startDay: string;
  readonly dueDay: string;
}

/** Reads a goal pack; throws RuleError `bad_policy`. */
export function goalPack(raw: unknown): GoalPack {
  const pack = raw as GoalPack;
  if (typeof pack?.id !== 'string' || !(pack.green > pack.amber && pack.amber > 0) || !(pack.staleAfterDays > 0)) {
    throw new RuleError('bad_policy', 'goal pack: id, green, amber or staleAfterDays is wrong');
  }
  return pack;
}

/** Reads which position answers for which area; every area must have exactly one. */
export function positionPack(raw: unknown): PositionPack {
  const pack = raw as PositionPack;
  const missing = AREAS.filter((area) => typeof pack?.byArea?.[area] !== 'string');
  if (missing.length > 0)
    throw new RuleError('bad_policy', `position pack: nobody is accountable for ${missing.join(', ')}`);
  return pack;
}

/**
 * The state of a goal (domain notes, compliance C4): progress p = (value - baseline) / (target - baseline) against the
 * share t of the period that has passed on the day of the measurement. Green from 0.95 t or once reached, amber from
 * 0.75 t, red below, grey without a measurement that is fresh enough.
 */
export function goalStatus(
  pack: GoalPack,
  goal: GoalFacts,
  measured: { readonly value: number; readonly day: string } | undefined,
  today: string,
): GoalStatus {
  if (!measured || daysBetween(measured.day, today) > pack.staleAfterDays) return 'grey';
  const period = Math.max(1, daysBetween(goal.startDay, goal.dueDay));
  const passed = Math.min(1, Math.max(0, daysBetween(goal.startDay, measured.day) / period));
  const way = goal.target - goal.baseline;
  const progress = way === 0 ? 1 : (measured.value - goal.baseline) / way;
  // Binary fractions: 0.95 x 0.8 must not turn a goal that is exactly on its way amber.
  const at = (share: number): boolean => progress >= share * passed - 1e-9;
  if (progress >= 1 - 1e-9 || at(pack.green)) return 'green';
  return at(pack.amber) ? 'amber' : 'red';
}

/** The goal that a recommendation asks for, with the one position that answers for its area. */
export function goalFromRecommendation(
  event: RecommendationIssuedV1,
  positions: PositionPack,
): GoalFacts & { readonly areaCode: string; readonly accountablePosition: string; readonly indicator: string } {
  const accountablePosition = positions.byArea[event.areaCode];
  if (!accountablePosition) {
    throw new RuleError('nobody_accountable', 'no position answers for the area', { field: 'areaCode' });
  }
  const { areaCode, indicator, baseline, target, day, dueDay } = event;
  return { areaCode, accountablePosition, indicator, baseline, target, startDay: day, dueDay };
}
