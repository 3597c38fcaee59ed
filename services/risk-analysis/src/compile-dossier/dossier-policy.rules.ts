import { RuleError } from '@aiqyn/contracts';
import type { DossierPolicy } from './dossier.rules.js';

/** Reads the pack; throws RuleError `bad_policy` naming the field. */
export function dossierPolicy(raw: unknown): DossierPolicy {
  const pack = raw as DossierPolicy;
  const need = (holds: boolean, field: string): void => {
    if (!holds) throw new RuleError('bad_policy', `dossier: ${field} is missing or wrong`, { field });
  };
  need(typeof pack?.id === 'string', 'id');
  need(Number.isInteger(pack.effect?.least) && pack.effect.least > 1, 'effect.least');
  need(pack.effect.deviations > 0, 'effect.deviations');
  need(Number.isInteger(pack.windowDays) && pack.windowDays > 0, 'windowDays');
  return pack;
}
