import { addDays, RuleError } from '@aiqyn/contracts';
import type { Requirement } from './catalogue.rules.js';

/** Kinds by which somebody outside confirms any requirement: the highest level needs one. */
export const CONFIRMING = ['audit-report', 'external-report'] as const;

/** An accepted evidence: its kind, and the day that it speaks of. */
export interface Proof {
  readonly kind: string;
  readonly effectiveDay: string;
}

/** The first day on which an evidence counts no more. */
export const expiresDay = ({ freshnessDays }: Requirement, effectiveDay: string): string =>
  addDays(effectiveDay, freshnessDays);

/** Whether an evidence counts on a day. */
export const isFresh = (requirement: Requirement, { effectiveDay }: Proof, day: string): boolean =>
  effectiveDay <= day && day < expiresDay(requirement, effectiveDay);

/** The level that accepted evidence supports on a day: 1 without any, 2 with one, 3 with all required, 4 when confirmed from outside. */
export function supportedLevel(requirement: Requirement, proofs: readonly Proof[], day: string): number {
  const kinds = new Set(proofs.filter((proof) => isFresh(requirement, proof, day)).map(({ kind }) => kind));
  if (kinds.size === 0) return 1;
  if (!requirement.evidence.every(({ kind, required }) => !required || kinds.has(kind))) return 2;
  return CONFIRMING.some((kind) => kinds.has(kind)) ? 4 : 3;
}

/** Throws RuleError `evidence_after_upload` for an evidence of a day after the one on which it was handed in. */
export function judgeEvidenceDay(effectiveDay: string, uploadedDay: string, field: string): void {
  if (effectiveDay > uploadedDay)
    throw new RuleError(
      'evidence_after_upload',
      `${field} is the day that the evidence speaks of: not after its upload`,
      {
        field,
      },
    );
}

/** Throws RuleError `unknown_kind` for a kind that proves nothing of this requirement. */
export function judgeKind(requirement: Requirement, kind: string, field: string): void {
  const allowed = [...new Set([...requirement.evidence.map((one) => one.kind), ...CONFIRMING])];
  if (!allowed.includes(kind))
    throw new RuleError('unknown_kind', `${field}: not an evidence of ${requirement.code}`, { field, allowed });
}
