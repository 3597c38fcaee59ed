import { RuleError } from '@aiqyn/contracts';

/** Throws RuleError `same_person` when who acts did one of the earlier steps. */
export function anotherPerson(by: string, earlier: readonly (string | undefined)[], step: string): void {
  if (earlier.includes(by)) throw new RuleError('same_person', `another person ${step}`);
}

/** Throws RuleError `day_out_of_range` when the day of a step is not between the step before and today. */
export function dayBetween(day: string, from: string, today: string, field: string): void {
  if (day < from || day > today)
    throw new RuleError('day_out_of_range', `${field} must be between the step before and today`, { field });
}
