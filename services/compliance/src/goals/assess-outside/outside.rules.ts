import { RuleError } from '@aiqyn/contracts';
import { ownBody } from '../../people/own-body.rules.js';
import type { Assessed, Indicator } from '../goal-case/indicator.rules.js';

/** Why a body outside sees it so; codes, no prose: the words stand behind the link. */
export const OUTSIDE_REASONS = [
  'agrees',
  'data-not-verifiable',
  'other-source-differs',
  'target-not-ambitious',
  'result-not-sustained',
  'not-implemented',
] as const;

/** An indicator with one outside assessment more; throws RuleError `not_independent` or `other_organisation`. */
export function assessed(
  indicator: Indicator,
  organisationBin: string | undefined,
  told: Omit<Assessed, 'number'> & { readonly department: string | undefined },
): Indicator {
  const { department, ...rest } = told;
  const own = ownBody(department);
  if (own !== undefined && own !== told.assessorBin)
    throw new RuleError('other_organisation', 'only for the organisation that you work for', { field: 'assessorBin' });
  if (told.assessorBin === organisationBin)
    throw new RuleError('not_independent', 'the body whose goal it is does not assess it from outside', {
      field: 'assessorBin',
    });
  return { ...indicator, outside: [...indicator.outside, { number: indicator.outside.length + 1, ...rest }] };
}
