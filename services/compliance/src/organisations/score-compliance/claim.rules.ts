import { RuleError } from '@aiqyn/contracts';
import type { Catalogue, Requirement } from './catalogue.rules.js';

/** A level, or that the requirement does not apply. */
export type Level = number | 'NA';

export interface Claim {
  readonly requirement: string;
  readonly level: Level;
  /** Why it does not apply: the words of the catalogue. */
  readonly ground?: string;
}

/** A requirement by its code; throws RuleError `unknown_requirement`. */
export function requirementOf({ requirements }: Catalogue, code: string, field: string): Requirement {
  const found = requirements.find((one) => one.code === code);
  if (!found)
    throw new RuleError('unknown_requirement', `${field}: the catalogue has no such code`, {
      field,
      allowed: requirements.map((one) => one.code),
    });
  return found;
}

/**
 * Levels by requirement. Throws RuleError, naming the field: `unknown_requirement`, `doubled_requirement`, `level_outside_scale`,
 * `not_applicable_without_ground` (also where the catalogue knows none).
 */
export function levelsOf(
  catalogue: Catalogue,
  claims: readonly Claim[],
  at: (i: number) => string = (i) => `levels[${i}]`,
): ReadonlyMap<string, Level> {
  const levels = new Map<string, Level>();
  claims.forEach(({ requirement: code, level, ground }, i) => {
    const requirement = requirementOf(catalogue, code, `${at(i)}.requirement`);
    const no = (id: string, name: string, message: string, allowed?: string[]): never => {
      const field = `${at(i)}.${name}`;
      throw new RuleError(id, `${field}: ${message}`, { field, ...(allowed ? { allowed } : {}) });
    };
    if (levels.has(code)) no('doubled_requirement', 'requirement', `${code} stands here twice`);
    if (level === 'NA') {
      const { notApplicableWhen } = requirement;
      if (notApplicableWhen === undefined || ground !== notApplicableWhen)
        no(
          'not_applicable_without_ground',
          'ground',
          notApplicableWhen === undefined ? `${code} always applies` : `not applicable needs the ground of ${code}`,
          notApplicableWhen === undefined ? [] : [notApplicableWhen],
        );
    } else {
      if (!catalogue.scale.some((one) => one.level === level))
        no('level_outside_scale', 'level', `a level is a whole number from 0 to ${catalogue.scale.length - 1}, or NA`);
      if (ground !== undefined) no('wrong_fields', 'ground', 'only what does not apply has a ground');
    }
    levels.set(code, level);
  });
  return levels;
}
