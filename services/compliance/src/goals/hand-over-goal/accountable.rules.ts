import { addDays, RuleError } from '@aiqyn/contracts';
import type { Handover, Indicator, Term } from '../goal-case/indicator.rules.js';

/** Who answers on a day; nobody before the first term. */
export const accountableAt = (terms: readonly Term[], day: string): Term | undefined =>
  terms.find(({ from, to }) => from <= day && (to === undefined || day <= to));

/**
 * What who gives signs; throws RuleError `already_done` while another hand-over waits, `day_out_of_range` for a day that would
 * leave a gap or an overlap, or rewrite who answered.
 */
export function proposed(indicator: Indicator, told: Handover, today: string): Handover {
  const { terms, handover } = indicator;
  const no = (message: string, field: string): never => {
    throw new RuleError('day_out_of_range', message, { field });
  };
  // One whose day passed without the second signature has lapsed.
  if (handover && handover.day >= today)
    throw new RuleError('already_done', `a hand-over on ${handover.day} waits for its second signature`);
  const last = terms.at(-1)!;
  if (told.day < today) no('a hand-over begins today or later: who answered stays so', 'day');
  if (told.day <= last.from) no(`${last.position} takes over on ${last.from}; the next one after that`, 'day');
  if (told.untilDay !== undefined && told.untilDay < told.day) no('untilDay must not be before day', 'untilDay');
  if (told.officialId === last.officialId && told.position === last.position)
    throw new RuleError('nothing_changed', 'this official answers already', { field: 'officialIin' });
  return told;
}

/** The terms once who takes over has signed too; throws RuleError `out_of_order`, `same_person` or `day_out_of_range`. */
export function accepted(indicator: Indicator, takenBy: string, today: string): readonly Term[] {
  const { terms, handover } = indicator;
  if (!handover) throw new RuleError('out_of_order', 'nobody hands over');
  const { day, untilDay, position, officialId, givenBy } = handover;
  if (takenBy === givenBy) throw new RuleError('same_person', 'another person takes over than who gives');
  if (day < today) throw new RuleError('day_out_of_range', 'its day has passed: hand over anew', { field: 'day' });
  const last = terms.at(-1)!;
  const signed = { givenBy, takenBy };
  const ended: Term = { ...last, to: addDays(day, -1) };
  const next: Term = { position, officialId, from: day, ...signed };
  const acting: readonly Term[] =
    untilDay === undefined
      ? [next]
      : [
          { ...next, to: untilDay, acting: true },
          { ...last, ...signed, from: addDays(untilDay, 1) },
        ];
  return [...terms.slice(0, -1), ended, ...acting];
}
