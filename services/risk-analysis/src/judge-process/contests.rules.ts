import { type Award, AWARD_STATUSES, type Bid, consortium, type Facts } from '../read-release/facts.rules.js';

/** Bids that compete with each other, and the awards that end it: a lot, or the whole process. */
export interface Contest {
  readonly lot?: string;
  readonly bids: readonly Bid[];
  readonly awards: readonly Award[];
}

/** The contests of a process; undefined without a list of bids or of awards. As one where no lot is named, or `strict`. */
export function contestsOf(
  { bids, awards, lots: named }: Pick<Facts, 'bids' | 'awards' | 'lots'>,
  strict: boolean,
): readonly Contest[] | undefined {
  if (!bids || !awards) return undefined;
  if (strict || !named) return [{ bids, awards }];
  const lots = [...new Set([...awards, ...bids].flatMap((one) => one.lots))].sort();
  // What names no lot is about all of them.
  const about = (lot: string) => (one: Bid | Award) => one.lots.length === 0 || one.lots.includes(lot);
  return lots.map((lot) => ({ lot, bids: bids.filter(about(lot)), awards: awards.filter(about(lot)) }));
}

/** The same before anything was awarded: contests for what the bids alone tell; none without a list of bids. */
export const contestsOfBids = ({ bids, awards, lots }: Facts, strict: boolean): readonly Contest[] =>
  contestsOf({ bids, awards: awards ?? [], lots }, strict) ?? [];

/** The active awards, or why the contest is not over: a code. */
export function finalAwards(
  { awards }: Contest,
  strict: boolean,
): readonly Award[] | 'award-not-final' | 'unknown-award-status' {
  const active: Award[] = [];
  for (const award of awards) {
    const { status } = award;
    if (status === 'active') active.push(award);
    else if (status === undefined ? !strict : status !== 'cancelled' && status !== 'unsuccessful')
      return status !== undefined && AWARD_STATUSES.has(status) ? 'award-not-final' : 'unknown-award-status';
  }
  return active;
}

/** Who a bid or an award names, as one: `strict` knows single ones only. */
export function sole(ids: readonly string[], parties: number, strict: boolean): string | undefined {
  if (ids.length === 0 || ids.length !== parties || (strict && parties !== 1)) return undefined;
  return consortium(ids);
}
