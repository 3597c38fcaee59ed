import { type Contest, contestsOfBids } from '../judge-process/contests.rules.js';
import { defaultSettings } from '../judge-process/indicator-settings.rules.js';
import {
  CLEAR,
  faulty,
  insufficient,
  notApplicable,
  type Outcome,
  strongest,
  triggered,
} from '../judge-process/outcome.rules.js';
import { allButWinnerDisqualified } from '../judge-process/process-indicators.rules.js';
import { consortium, isSubmitted } from '../read-release/facts.rules.js';
import { activeAwards, type Price, type Purchase } from './purchase.rules.js';

/** Indicators of the prices that were offered and awarded; each currency is compared within itself. */

/** The lowest price of each bidder by currency, or why it cannot be told. */
function offers({ bids }: Contest): readonly (readonly number[])[] | Outcome {
  const lowest = new Map<string, Map<string, number>>();
  for (const bid of bids) {
    if (bid.status === undefined) return insufficient('bid-without-price-or-status');
    if (!isSubmitted(bid)) continue;
    const { amount, currency, tenderers } = bid;
    if (amount === undefined || currency === undefined || tenderers.length === 0)
      return insufficient('bid-without-price-or-status');
    if (amount <= 0) return faulty('invalid-amount');
    const who = consortium(tenderers);
    const one = lowest.get(currency) ?? new Map<string, number>();
    lowest.set(currency, one.set(who, Math.min(amount, one.get(who) ?? amount)));
  }
  const several = [...lowest.values()].filter((one) => one.size > 1);
  if (several.length === 0) return notApplicable('no-other-bid');
  return several.map((one) => [...one.values()].sort((a, b) => a - b));
}

function ofOffers({ facts }: Purchase, judge: (sorted: readonly number[]) => number | undefined): Outcome {
  if (!facts.bids) return insufficient('no-bids');
  return strongest(
    contestsOfBids(facts, false).map((contest) => {
      const all = offers(contest);
      if ('state' in all) return all;
      const found = all.map(judge).filter((one) => one !== undefined);
      return found.length > 0 ? triggered(Math.max(...found)) : CLEAR;
    }),
  );
}

/** R022: the second lowest price is far above the lowest; the value is that distance as a share of the lowest. */
export const wideDisparity = (purchase: Purchase, { threshold }: { readonly threshold: number }): Outcome =>
  ofOffers(purchase, ([first, second]) => {
    const share = (second! - first!) / first!;
    return share >= threshold ? share : undefined;
  });

/** R023: one price is a whole multiple of another, from twice to `largest` times, within a tolerance. */
export const fixedMultiple = (
  purchase: Purchase,
  { tolerance, largest }: { readonly tolerance: number; readonly largest: number },
): Outcome =>
  ofOffers(purchase, (sorted) => {
    for (const [i, low] of sorted.entries())
      for (const high of sorted.slice(i + 1)) {
        const times = Math.round(high / low);
        if (times >= 2 && times <= largest && Math.abs(high / low - times) <= tolerance * times) return times;
      }
    return undefined;
  });

/** The pairs of what was estimated and what was awarded: for each lot where lots have both, else in all. */
function estimated(purchase: Purchase): readonly (readonly [estimate: number, award: number])[] | Outcome {
  const { awards, lots, estimate } = purchase;
  if (!awards) return insufficient('no-awards');
  const active = activeAwards(purchase);
  if (active.length === 0) return notApplicable('no-award');
  if (active.some(({ price }) => !price)) return insufficient('award-without-price');
  const sum = (prices: readonly (Price | undefined)[]): number => prices.reduce((all, one) => all + one!.amount, 0);
  const pairs: (readonly [Price, readonly (Price | undefined)[]])[] = [];
  const perLot = lots.length > 0 && active.every((award) => award.lots.length === 1);
  if (perLot)
    for (const lot of lots) {
      const own = active.filter((award) => award.lots[0] === lot.id).map(({ price }) => price);
      if (own.length > 0 && lot.estimate) pairs.push([lot.estimate, own]);
      else if (own.length > 0) return insufficient('no-estimate');
    }
  else {
    if (!estimate) return insufficient('no-estimate');
    // Of a part that nobody was given, the estimate is not known.
    if (active.length < awards.length) return notApplicable('not-all-awarded');
    pairs.push([estimate, active.map(({ price }) => price)]);
  }
  if (pairs.some(([one, all]) => all.some((price) => price!.currency !== one.currency)))
    return insufficient('other-currency');
  if (pairs.some(([one]) => one.amount === 0)) return faulty('invalid-amount');
  return pairs.map(([one, all]) => [one.amount, sum(all)]);
}

function ofEstimate(purchase: Purchase, judge: (estimate: number, award: number) => number | undefined): Outcome {
  const pairs = estimated(purchase);
  if ('state' in pairs) return pairs;
  const found = pairs.map(([estimate, award]) => judge(estimate, award)).filter((one) => one !== undefined);
  return found.length > 0 ? triggered(Math.max(...found)) : CLEAR;
}

/** R031: awarded for nearly what was estimated, or more. */
export const nearEstimate = (purchase: Purchase, { threshold }: { readonly threshold: number }): Outcome =>
  ofEstimate(purchase, (estimate, award) => (award / estimate >= threshold ? award / estimate : undefined));

/** PZ-3-6: the estimate was much higher than what was paid for. */
export const overstatedEstimate = (purchase: Purchase, { threshold }: { readonly threshold: number }): Outcome =>
  ofEstimate(purchase, (estimate, award) =>
    (estimate - award) / estimate >= threshold ? (estimate - award) / estimate : undefined,
  );

/** DZ-1: saved more than anybody would expect. */
export const unusualSavings = (purchase: Purchase, { threshold }: { readonly threshold: number }): Outcome =>
  ofEstimate(purchase, (estimate, award) => (1 - award / estimate > threshold ? 1 - award / estimate : undefined));

/** KZ-2: cheaper than a construction or design price may be; the value is the discount. */
export function dumping(
  purchase: Purchase,
  { permitted, classes }: { readonly permitted: Readonly<Record<string, number>>; readonly classes: readonly string[] },
): Outcome {
  const { category } = purchase;
  if (category === undefined) return insufficient('no-category');
  if (purchase.classes.length === 0) return insufficient('no-item-class');
  const share = permitted[category];
  if (share === undefined || !purchase.classes.some((one) => classes.some((c) => one.startsWith(c))))
    return notApplicable('other-category');
  return ofEstimate(purchase, (estimate, award) =>
    (estimate - award) / estimate > share ? (estimate - award) / estimate : undefined,
  );
}

/** PZ-3-2: at least so many others disqualified in one lot, and the one that was left won. */
export const manyDisqualified = ({ facts }: Purchase, { threshold }: { readonly threshold: number }): Outcome =>
  allButWinnerDisqualified(facts, { ...defaultSettings('aiqyn'), R035: { threshold } });
