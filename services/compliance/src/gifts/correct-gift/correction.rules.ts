import { type GiftKind, type GiftSector, RuleError } from '@aiqyn/contracts';
import type { KnownGiver } from '../gift-case/giver.rules.js';

export const CORRECTION_REASONS = ['typing-error', 'wrong-organisation', 'new-document', 'giver-found'] as const;

/** What of a declaration can be put right. Days cannot: the term would run anew. */
export interface Correctable {
  readonly organisationBin?: string;
  readonly sector?: GiftSector;
  readonly kind?: GiftKind;
  readonly estimatedValue?: number;
  readonly giver?: KnownGiver;
}

/** What a correction changes and what stood there before; throws RuleError `nothing_changed`. */
export function corrected(
  stands: Correctable,
  told: Correctable,
): { readonly set: Correctable; readonly before: Correctable } {
  const fields = (Object.keys(told) as (keyof Correctable)[]).filter(
    (field) => told[field] !== undefined && JSON.stringify(told[field]) !== JSON.stringify(stands[field]),
  );
  if (fields.length === 0) throw new RuleError('nothing_changed', 'a correction changes something');
  const of = (from: Correctable): Correctable => Object.fromEntries(fields.map((field) => [field, from[field]]));
  return { set: of(told), before: of(stands) };
}
