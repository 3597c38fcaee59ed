import { addDays, addWorkingDays, isDay, RuleError, type WorkingDays } from '@aiqyn/contracts';
import type { GiftState } from './gift-states.rules.js';

export interface StepTerms {
  readonly id: string;
  readonly effectiveFrom: string;
  readonly reviewWorkingDays: number;
  /** Calendar days, from the day on which the gift came to where it waits. */
  readonly inquiryDays: number;
  readonly valuationDays: number;
  readonly disposalDays: number;
}

/** Reads the terms of the offices' steps; throws RuleError `bad_policy` naming the field. */
export function stepTerms(raw: unknown): StepTerms {
  const pack = raw as StepTerms & { source: unknown; checked: unknown };
  const need = (holds: boolean, field: string): void => {
    if (!holds) throw new RuleError('bad_policy', `gift terms: ${field} is missing or wrong`, { field });
  };
  need(typeof pack?.id === 'string', 'id');
  need(typeof pack.source === 'string', 'source');
  need(typeof pack.checked === 'boolean', 'checked');
  need(isDay(String(pack.effectiveFrom)), 'effectiveFrom');
  for (const field of ['reviewWorkingDays', 'inquiryDays', 'valuationDays', 'disposalDays'] as const)
    need(Number.isInteger(pack[field]) && pack[field] > 0, field);
  return pack;
}

/** The last day for the office at which a gift waits since a day; undefined where none has to act. */
export function stepDue(pack: StepTerms, calendar: WorkingDays, state: GiftState, since: string): string | undefined {
  switch (state) {
    case 'exemption-review':
      return addWorkingDays(calendar, since, pack.reviewWorkingDays);
    case 'breach-review':
      return addDays(since, pack.inquiryDays);
    case 'handed-over':
      return addDays(since, pack.valuationDays);
    case 'valued':
      return addDays(since, pack.disposalDays);
    default:
      return undefined;
  }
}
