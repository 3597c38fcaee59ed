import { RISK_LEVELS, type RiskLevel, RuleError } from '@aiqyn/contracts';

export interface AssessmentPack {
  readonly id: string;
  /** Share of flagged among evaluable processes, and number of reports, from which a part counts in full. */
  readonly flagRateFull: number;
  readonly reportsFull: number;
  readonly weights: { readonly flags: number; readonly reports: number };
  readonly levels: { readonly medium: number; readonly high: number };
  readonly recommend: {
    readonly from: RiskLevel;
    readonly indicator: string;
    /** Fewer evaluable processes than this tell too little to ask anybody for a change. */
    readonly minEvaluable: number;
    readonly reduceBy: number;
    readonly dueDays: number;
  };
}

export interface AreaInputs {
  readonly reports: number;
  readonly processes: number;
  readonly evaluable: number;
  readonly flagged: number;
}

export interface AreaAssessment {
  /** 0 to 1, four decimals. */
  readonly score: number;
  readonly level: RiskLevel;
  readonly recommend?: {
    readonly indicator: string;
    readonly baseline: number;
    readonly target: number;
    readonly dueDays: number;
  };
}

/** Reads an assessment pack; throws RuleError `bad_policy` naming the field. */
export function assessmentPack(raw: unknown): AssessmentPack {
  const pack = raw as AssessmentPack;
  const need = (ok: boolean, field: string): void => {
    if (!ok) throw new RuleError('bad_policy', `assessment pack: ${field} is missing or wrong`, { field });
  };
  const share = (n: unknown): boolean => typeof n === 'number' && n > 0 && n <= 1;
  need(typeof pack?.id === 'string', 'id');
  need(share(pack.flagRateFull), 'flagRateFull');
  need(Number.isInteger(pack.reportsFull) && pack.reportsFull > 0, 'reportsFull');
  need(Math.abs((pack.weights?.flags ?? 0) + (pack.weights?.reports ?? 0) - 1) < 1e-9, 'weights (must sum to 1)');
  need(share(pack.levels?.medium) && share(pack.levels?.high) && pack.levels.medium < pack.levels.high, 'levels');
  need(RISK_LEVELS.includes(pack.recommend?.from) && share(pack.recommend.reduceBy), 'recommend');
  return pack;
}

const round = (n: number): number => Math.round(n * 10_000) / 10_000;

/** Weighs citizens' reports and procurement flags of an area by a dated pack; more of either never lowers the score. */
export function assessArea(pack: AssessmentPack, inputs: AreaInputs): AreaAssessment {
  const rate = inputs.evaluable > 0 ? inputs.flagged / inputs.evaluable : 0;
  const score = round(
    pack.weights.flags * Math.min(1, rate / pack.flagRateFull) +
      pack.weights.reports * Math.min(1, inputs.reports / pack.reportsFull),
  );
  const level: RiskLevel = score >= pack.levels.high ? 'high' : score >= pack.levels.medium ? 'medium' : 'low';
  const { from, indicator, minEvaluable, reduceBy, dueDays } = pack.recommend;
  const asks =
    RISK_LEVELS.indexOf(level) >= RISK_LEVELS.indexOf(from) && inputs.evaluable >= minEvaluable && inputs.flagged > 0;
  if (!asks) return { score, level };
  return {
    score,
    level,
    recommend: { indicator, baseline: round(rate), target: round(rate * (1 - reduceBy)), dueDays },
  };
}
