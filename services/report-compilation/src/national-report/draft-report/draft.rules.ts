import { RuleError } from '@aiqyn/contracts';
import { PUBLIC_STATES, type ReportStep } from '../editions/release-order.rules.js';

export interface EditionOfYear {
  readonly _id: string;
  readonly edition: number;
  readonly state: ReportStep;
}

/**
 * The number of the next edition of a year: one is written at a time, and once one is published only a correction of the newest
 * one follows. Throws RuleError `already_drafted`, `correction_needed` or `not_the_newest`.
 */
export function nextEdition(editions: readonly EditionOfYear[], corrects: string | undefined): number {
  const published = editions.filter(({ state }) => PUBLIC_STATES.includes(state));
  if (editions.length > published.length)
    throw new RuleError('already_drafted', 'an edition of this year is being written', { field: 'year' });
  const newest = published.reduce<EditionOfYear | undefined>(
    (a, b) => (!a || b.edition > a.edition ? b : a),
    undefined,
  );
  if (newest && corrects === undefined)
    throw new RuleError('correction_needed', 'the year has a published edition: name it as the one that is corrected', {
      field: 'corrects',
    });
  if (corrects !== undefined && corrects !== newest?._id)
    throw new RuleError('not_the_newest', 'a correction names the newest published edition of its year', {
      field: 'corrects',
    });
  return editions.length + 1;
}
