import { type GiverKind, isDay, RuleError, type UnitTable, valueOn } from '@aiqyn/contracts';

export interface GiverPack {
  readonly id: string;
  readonly effectiveFrom: string;
  /** The article and the fine, in MCI, of a first offence. */
  readonly person: { readonly article: string; readonly fineMci: number };
  readonly organisation: { readonly article: string; readonly fineMci: number };
}

/** What may be decided of a giver, and why; codes, no prose. */
export const GIVER_REASONS = {
  referred: ['offered-by-reason-of-office', 'offered-for-acts-in-favour'],
  'no-grounds': ['giver-unknown', 'official-event', 'not-by-reason-of-office', 'term-of-limitation'],
} as const;
export type GiverOutcome = keyof typeof GIVER_REASONS;

/** Reads the pack; throws RuleError `bad_policy` naming the field. */
export function giverPack(raw: unknown): GiverPack {
  const pack = raw as GiverPack & { source: unknown; checked: unknown };
  const need = (holds: boolean, field: string): void => {
    if (!holds) throw new RuleError('bad_policy', `giver pack: ${field} is missing or wrong`, { field });
  };
  need(typeof pack?.id === 'string', 'id');
  need(typeof pack.source === 'string', 'source');
  need(typeof pack.checked === 'boolean', 'checked');
  need(isDay(String(pack.effectiveFrom)), 'effectiveFrom');
  for (const kind of ['person', 'organisation'] as const) {
    need(typeof pack[kind]?.article === 'string', `${kind}.article`);
    need(Number.isInteger(pack[kind].fineMci) && pack[kind].fineMci > 0, `${kind}.fineMci`);
  }
  return pack;
}

/**
 * What a giver may answer by, when referred: the article, and the fine in tiyn by the MCI of the day of the act. Throws RuleError
 * `bad_reason`, `giver_unknown` for a referral of nobody, `no_pack_for_day` for an act before the pack.
 */
export function judgeGiverOutcome(
  pack: GiverPack,
  mci: UnitTable,
  facts: { readonly kind: GiverKind; readonly day: string; readonly outcome: GiverOutcome; readonly reason: string },
): { readonly article?: string; readonly fineUpTo?: number } {
  const { kind, day, outcome, reason } = facts;
  const allowed: readonly string[] = GIVER_REASONS[outcome];
  if (!allowed.includes(reason))
    throw new RuleError('bad_reason', 'the reason does not go with the outcome', { field: 'reason', allowed });
  if (outcome === 'no-grounds') return {};
  if (kind === 'unknown')
    throw new RuleError('giver_unknown', 'nobody is known who could be referred', { field: 'outcome' });
  if (day < pack.effectiveFrom)
    throw new RuleError('no_pack_for_day', `rules on givers are known from ${pack.effectiveFrom}`, {
      field: 'outcome',
    });
  const { article, fineMci } = pack[kind];
  return { article, fineUpTo: fineMci * valueOn(mci, day) };
}
