import { RuleError } from '@aiqyn/contracts';

/** Tax records, registered assets, reference prices: what registers know beside a declaration. */
export const FACT_KINDS = ['tax-income', 'asset', 'reference-price'] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** Fields that each kind has beside its version; no other. */
const FIELDS: Readonly<Record<FactKind, { readonly need: readonly string[]; readonly may: readonly string[] }>> = {
  'tax-income': { need: ['personId', 'year', 'amount'], may: [] },
  asset: { need: ['personId', 'assetId', 'year'], may: ['toYear'] },
  'reference-price': { need: ['assetId', 'amount'], may: [] },
};
const ALL = ['personId', 'assetId', 'year', 'toYear', 'amount'] as const;

export interface RegisterFactGiven {
  readonly kind: FactKind;
  readonly version: number;
  readonly personId?: string | undefined;
  readonly assetId?: string | undefined;
  readonly year?: number | undefined;
  readonly toYear?: number | undefined;
  readonly amount?: number | undefined;
}

/** The key of a fact, whatever its version; throws RuleError `wrong_fields` naming the field that lacks or does not belong. */
export function factKey(fact: RegisterFactGiven, at: string): string {
  const { need, may } = FIELDS[fact.kind];
  for (const field of ALL) {
    const given = fact[field] !== undefined;
    const name = field === 'personId' ? 'iin' : field;
    if (given ? !need.includes(field) && !may.includes(field) : need.includes(field))
      throw new RuleError('wrong_fields', `a fact of the kind ${fact.kind} has ${need.join(', ')}`, {
        field: `${at}.${name}`,
      });
  }
  const { kind, personId, assetId, year } = fact;
  if (kind === 'tax-income') return `${kind}:${personId}:${year}`;
  return kind === 'asset' ? `${kind}:${personId}:${assetId}` : `${kind}:${assetId}`;
}
