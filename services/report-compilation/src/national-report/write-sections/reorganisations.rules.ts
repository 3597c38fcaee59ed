import { isDay, RuleError } from '@aiqyn/contracts';
import { LANGUAGES, type Localised } from '../../report-model/report-model.rules.js';

/** The body that publishes, from a day on; each but the first one came by a reorganisation. */
export interface Authority {
  readonly from: string;
  /** Absent for the one that is. */
  readonly until?: string;
  readonly name: Localised;
  /** The act by which it came to be. */
  readonly act: Localised;
  /** Where the act was read, and whether a lawyer has read it. */
  readonly source: string;
  readonly checked: boolean;
}

const isWhole = (text: Localised | undefined): boolean => LANGUAGES.every((lang) => text?.[lang]?.trim());

/** Throws RuleError `bad_policy` unless each body follows the one before it without a gap, and says by which act. */
export function assertAuthorities(authorities: readonly Authority[]): void {
  authorities.forEach(({ from, until, name, act, source, checked }, i) => {
    const next = authorities[i + 1];
    const wrong = [
      ...(isDay(from) ? [] : ['from']),
      ...(next === undefined || (until !== undefined && until < next.from && until >= from) ? [] : ['until']),
      ...(isWhole(name) ? [] : ['name']),
      ...(isWhole(act) ? [] : ['act']),
      ...(source?.trim() ? [] : ['source']),
      ...(typeof checked === 'boolean' ? [] : ['checked']),
    ];
    if (wrong.length > 0)
      throw new RuleError('bad_policy', `section plan: authorities.${i}.${wrong[0]} is missing or wrong`, {
        field: `authorities.${i}.${wrong[0]}`,
      });
  });
}

/**
 * Which reorganisations a series over years crosses: each stands before the first of its years that is not wholly of the body before.
 * One that lies before or in the first year, or after the last one, separates nothing.
 */
export function breaksIn(
  years: readonly string[],
  authorities: readonly Authority[],
): readonly { readonly before: number; readonly authority: Authority }[] {
  return authorities.slice(1).flatMap((authority) => {
    const before = years.findIndex((year) => `${year}-12-31` >= authority.from);
    return before > 0 ? [{ before, authority }] : [];
  });
}
