import { RuleError } from '@aiqyn/contracts';
import type { Indicator } from '../goal-case/indicator.rules.js';

/** Why a person may know better than the formula; codes, no prose. */
export const OVERRIDE_REASONS = ['method-changed', 'source-late', 'external-event', 'data-doubtful'] as const;

/** An indicator whose status a person sets; throws RuleError `out_of_order`, `same_person` or `nothing_changed`. */
export function overridden(indicator: Indicator, told: NonNullable<Indicator['override']>): Indicator {
  const last = indicator.measurements.at(-1);
  if (!last) throw new RuleError('out_of_order', 'nothing was measured yet');
  if (last.by === told.by) throw new RuleError('same_person', 'another person overrides than who measured');
  if (told.status === indicator.status)
    throw new RuleError('nothing_changed', 'this is the status already', { field: 'status' });
  return { ...indicator, override: told };
}
