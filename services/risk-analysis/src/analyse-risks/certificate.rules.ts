import { RuleError } from '@aiqyn/contracts';

/** What makes a step of a body's work prone to corruption (domain notes d.3). */
export const RISK_FACTORS = [
  'discretion',
  'conflict-of-interest',
  'lack-of-control',
  'opacity',
  'exceptions',
  'manual-work',
  'information-access',
  'supplier-contacts',
  'personnel',
  'money',
  'procurement',
  'permits',
  'property',
] as const;
export type RiskFactor = (typeof RISK_FACTORS)[number];

/** How well a step is controlled, and the share of its risk that is left, in percent. */
export const LEFT_BY_CONTROL = { none: 100, weak: 60, good: 20, full: 0 } as const;
export type Control = keyof typeof LEFT_BY_CONTROL;

export interface FoundRisk {
  readonly factor: RiskFactor;
  /** The norm or the step of the process, as the certificate cites it. */
  readonly place: string;
  readonly likelihood: number;
  readonly impact: number;
  readonly control: Control;
}

export interface WeighedRisk extends FoundRisk {
  /** 1 to 25. */
  readonly inherent: number;
  /** What is left of it, 0 to 25 with two decimals. */
  readonly residual: number;
}

/** Likelihood times impact, and what control leaves of it; the weightiest first, of equals as they were found. */
export function weighed(risks: readonly FoundRisk[]): WeighedRisk[] {
  return risks
    .map((risk) => {
      const inherent = risk.likelihood * risk.impact;
      return { ...risk, inherent, residual: (inherent * LEFT_BY_CONTROL[risk.control]) / 100 };
    })
    .sort((a, b) => b.residual - a.residual);
}

export interface Signature {
  readonly by: string;
  readonly as: 'agency-head' | 'object-head';
  readonly day: string;
}

/** The signatures with one more: one a side, and two persons; throws RuleError `already_done` or `same_person`. */
export function signedBy(signatures: readonly Signature[], one: Signature): Signature[] {
  if (signatures.some((s) => s.as === one.as)) throw new RuleError('already_done', 'this side has signed');
  if (signatures.some((s) => s.by === one.by))
    throw new RuleError('same_person', 'another person signs for the other side');
  return [...signatures, one];
}

/** Whether the sides whose word it takes have given it: both of an external analysis, the body itself of its own. */
export const isSigned = (kind: 'external' | 'internal', signatures: readonly Signature[]): boolean =>
  signatures.some((s) => s.as === 'object-head') &&
  (kind === 'internal' || signatures.some((s) => s.as === 'agency-head'));

export interface Recommended {
  readonly recommendationId: string;
  readonly indicator: string;
  readonly dueDay: string;
  readonly outcome?: 'done' | 'refused';
  readonly reason?: string;
}

/** Recommendations with an outcome of one; throws RuleError `no_such_recommendation`, `already_done`. */
export function settled(
  all: readonly Recommended[],
  {
    recommendationId,
    outcome,
    reason,
  }: { recommendationId: string; outcome: 'done' | 'refused'; reason?: string | undefined },
): Recommended[] {
  const one = all.find((r) => r.recommendationId === recommendationId);
  if (!one)
    throw new RuleError('no_such_recommendation', 'the analysis has no such recommendation', {
      field: 'recommendationId',
    });
  if (one.outcome) throw new RuleError('already_done', 'the outcome is recorded', { field: 'recommendationId' });
  return all.map((r) => (r === one ? { ...r, outcome, ...(reason ? { reason } : {}) } : r));
}

export const allSettled = (all: readonly Recommended[]): boolean => all.every((r) => r.outcome !== undefined);
