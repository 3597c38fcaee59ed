import { isDay, RuleError } from '@aiqyn/contracts';

/** Of Kazakhstan's law (K), logical checks of our own (L). */
export const KZ_CHECKS = ['K1', 'K2', 'K3', 'K4', 'K6', 'K7', 'L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7', 'L8'] as const;
/** Comparators of Ukraine. */
export const UA_CHECKS = ['U1', 'U2', 'U3'] as const;
export type CheckCode = (typeof KZ_CHECKS)[number] | (typeof UA_CHECKS)[number];

/** A rule as it is in force: what it weighs, what it rests on, what it compares with. */
export interface CheckPolicy {
  readonly weight: number;
  readonly basis: string;
  /** The first day; before it the check is not applicable. A year belongs to its last day. */
  readonly validFrom?: string;
  /** In units of the MCI. */
  readonly mci?: number;
  /** In basis points. */
  readonly shareBp?: number;
  /** In whole units of the pack's currency; `upTo` is the upper end, where there is one. */
  readonly amount?: number;
  readonly upTo?: number;
}

export interface EnrichmentPack {
  readonly id: string;
  readonly version: number;
  readonly jurisdiction: string;
  readonly currency: string;
  readonly effectiveFrom: string;
  /** Month and day of the declared year whose MCI counts. */
  readonly mciOn?: string;
  readonly checks: Readonly<Partial<Record<CheckCode, CheckPolicy>>>;
}

/** What a check compares with, beside its weight and basis: without it a rule would compare with nothing. */
const NEEDS: Readonly<Partial<Record<CheckCode, 'mci' | 'shareBp' | 'amount'>>> = {
  ...{ K2: 'mci', K4: 'mci', K7: 'mci', L3: 'shareBp', L4: 'shareBp', L6: 'shareBp' },
  ...{ U1: 'amount', U2: 'amount', U3: 'amount' },
};

const whole = (n: unknown): boolean => Number.isSafeInteger(n) && (n as number) > 0;

/** Reads a pack; throws RuleError `bad_policy` naming the field. */
export function enrichmentPack(raw: unknown): EnrichmentPack {
  const pack = raw as EnrichmentPack;
  const need = (holds: boolean, field: string): void => {
    if (!holds) throw new RuleError('bad_policy', `enrichment pack: ${field} is missing or wrong`, { field });
  };
  for (const field of ['id', 'jurisdiction', 'currency', 'source'] as const)
    need(typeof (raw as Record<string, unknown>)?.[field] === 'string', field);
  need(whole(pack.version), 'version');
  need(isDay(String(pack.effectiveFrom)), 'effectiveFrom');
  need(typeof (raw as { checked?: unknown }).checked === 'boolean', 'checked');
  const known: readonly string[] = [...KZ_CHECKS, ...UA_CHECKS];
  const checks = Object.entries(pack.checks ?? {}) as [CheckCode, CheckPolicy][];
  need(checks.length > 0, 'checks');
  for (const [code, policy] of checks) {
    need(known.includes(code), `checks.${code}`);
    need(policy.weight > 0 && policy.weight <= 1, `checks.${code}.weight`);
    need(typeof policy.basis === 'string' && policy.basis !== '', `checks.${code}.basis`);
    need(policy.validFrom === undefined || isDay(policy.validFrom), `checks.${code}.validFrom`);
    const compares = NEEDS[code];
    if (compares) need(whole(policy[compares]), `checks.${code}.${compares}`);
    need(policy.upTo === undefined || policy.upTo > (policy.amount ?? 0), `checks.${code}.upTo`);
    if (policy.mci !== undefined) need(isDay(`2024-${pack.mciOn}`), 'mciOn');
  }
  return pack;
}

/** The pack of a jurisdiction on a day: the one that came into force last, or the first one before it does. */
export function packOn(packs: readonly EnrichmentPack[], jurisdiction: string, day: string): EnrichmentPack {
  const own = packs
    .filter((pack) => pack.jurisdiction === jurisdiction)
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  const pack = own.findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? own[0];
  if (!pack) throw new RuleError('bad_policy', `no enrichment pack of ${jurisdiction}`, { field: 'jurisdiction' });
  return pack;
}
