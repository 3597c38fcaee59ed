import { RuleError } from '@aiqyn/contracts';
import { foundLevels } from '../review-assessment/review.rules.js';
import type { Level } from '../score-compliance/claim.rules.js';

export const OBJECTION_OUTCOMES = ['upheld', 'dismissed'] as const;
export type ObjectionOutcome = (typeof OBJECTION_OUTCOMES)[number];

interface Found {
  readonly requirement: string;
  readonly level: Level;
}

/**
 * What holds after an objection. Throws RuleError `wrong_fields` when levels do not go with the outcome, `not_disputed` for a level of
 * what was not disputed, `above_claim` for more than was claimed.
 */
export function decidedLevels(
  outcome: ObjectionOutcome,
  claimed: ReadonlyMap<string, Level>,
  found: readonly Found[],
  disputed: readonly string[],
  decided: ReadonlyMap<string, Level>,
): Found[] {
  if ((outcome === 'upheld') !== decided.size > 0)
    throw new RuleError('wrong_fields', 'an objection that is upheld says what holds, another does not', {
      field: 'levels',
    });
  if ([...decided.keys()].some((code) => !disputed.includes(code)))
    throw new RuleError('not_disputed', 'only what was disputed is decided', { field: 'levels', allowed: disputed });
  foundLevels(claimed, decided);
  return found.map(({ requirement, level }) => ({ requirement, level: decided.get(requirement) ?? level }));
}
