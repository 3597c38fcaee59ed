import { RuleError } from '@aiqyn/contracts';
import { admitValue } from './declaration.rules.js';

/** Tax records, registered assets, reference prices and values: what registers know beside a declaration. */
export const FACT_KINDS = ['tax-income', 'asset', 'reference-price', 'asset-value'] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** Fields that each kind has beside its version; no other. */
const FIELDS: Readonly<Record<FactKind, { readonly need: readonly string[]; readonly may: readonly string[] }>> = {
  'tax-income': { need: ['personId', 'year', 'amount'], may: [] },
  asset: { need: ['personId', 'assetId', 'year'], may: ['toYear'] },
  'reference-price': { need: ['assetId', 'amount'], may: [] },
  'asset-value': { need: ['assetId', 'low', 'high', 'day', 'source'], may: [] },
};
const ALL = ['personId', 'assetId', 'year', 'toYear', 'amount', 'low', 'high', 'day', 'source'] as const;
/** What one version of a fact may say otherwise than another: the rest is its key. */
export const SAID = ['year', 'toYear', 'amount', 'low', 'high'] as const;

export interface RegisterFactGiven {
  readonly kind: FactKind;
  readonly version: number;
  readonly personId?: string | undefined;
  readonly assetId?: string | undefined;
  readonly year?: number | undefined;
  readonly toYear?: number | undefined;
  readonly amount?: number | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly day?: string | undefined;
  readonly source?: string | undefined;
}

/**
 * The key of a fact, whatever its version; throws RuleError `wrong_fields` naming the field that lacks or does not belong, and
 * `bad_range` or `day_to_come` of a value. Values of other days and sources stand side by side: each year is checked at its own.
 */
export function factKey(fact: RegisterFactGiven, at: string, today: string): string {
  const { need, may } = FIELDS[fact.kind];
  for (const field of ALL) {
    const given = fact[field] !== undefined;
    const name = field === 'personId' ? 'iin' : field;
    if (given ? !need.includes(field) && !may.includes(field) : need.includes(field))
      throw new RuleError('wrong_fields', `a fact of the kind ${fact.kind} has ${need.join(', ')}`, {
        field: `${at}.${name}`,
      });
  }
  const { kind, personId, assetId, year, low, high, day, source } = fact;
  if (kind === 'asset-value') {
    admitValue({ low: low!, high: high!, day: day! }, at, today);
    return `${kind}:${assetId}:${source}:${day}`;
  }
  if (kind === 'tax-income') return `${kind}:${personId}:${year}`;
  return kind === 'asset' ? `${kind}:${personId}:${assetId}` : `${kind}:${assetId}`;
}
