import { AREAS, type RecommendationIssuedV1, RuleError } from '@aiqyn/contracts';
import { unmeasured } from '../goal-case/goal-status.rules.js';
import { type GoalPack, type Indicator, judgeIndicator } from '../goal-case/indicator.rules.js';

export interface PositionPack {
  readonly id: string;
  readonly byArea: Readonly<Record<string, string>>;
}

/** Reads which position answers for which area; every area must have exactly one. */
export function positionPack(raw: unknown): PositionPack {
  const pack = raw as PositionPack;
  const missing = AREAS.filter((area) => typeof pack?.byArea?.[area] !== 'string');
  if (missing.length > 0)
    throw new RuleError('bad_policy', `position pack: nobody is accountable for ${missing.join(', ')}`);
  return pack;
}

/** The indicator that a recommendation asks for, with the one position that answers for its area. */
export function recommendedIndicator(
  event: RecommendationIssuedV1,
  pack: GoalPack,
  positions: PositionPack,
): Indicator {
  const { areaCode, indicator: code, baseline, target, day, dueDay } = event;
  const position = positions.byArea[areaCode];
  if (!position) throw new RuleError('nobody_accountable', 'no position answers for the area', { field: 'areaCode' });
  const facts = {
    ...{ code, unit: 'share', baseline, target, startDay: day, dueDay, frequency: pack.recommendationFrequency },
    direction: target < baseline ? ('down' as const) : ('up' as const),
  };
  judgeIndicator(pack, facts);
  return { ...unmeasured(), ...facts, source: 'risk-analysis', terms: [{ position, from: day }] };
}
