import { RuleError } from '@aiqyn/contracts';

/** Parts of one kind that a goal may have. */
const MOST_PARTS = 50;

/** The parts of a goal with one more; throws RuleError `already_done` for a code that is taken, `too_many`. */
export function withPart<T extends { readonly code: string }>(parts: readonly T[], part: T): readonly T[] {
  if (parts.some(({ code }) => code === part.code))
    throw new RuleError('already_done', 'the goal has one with this code');
  if (parts.length >= MOST_PARTS) throw new RuleError('too_many', `a goal has at most ${MOST_PARTS} of a kind`);
  return [...parts, part];
}

/** Throws RuleError `day_out_of_range` for a day outside the programme. */
export function within(
  day: string,
  { startDay, endDay }: { readonly startDay: string; readonly endDay: string },
  field: string,
): void {
  if (day < startDay || day > endDay)
    throw new RuleError('day_out_of_range', `${field} must be within the programme, ${startDay} to ${endDay}`, {
      field,
    });
}
