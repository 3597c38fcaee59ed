import { consortium, distinct, type Facts, FEW, isSubmitted } from '../read-release/facts.rules.js';
import { isAfter, momentOf, wholeDays } from '../read-release/instants.rules.js';
import { type Contest, contestsOf, contestsOfBids, finalAwards } from './contests.rules.js';
import { type IndicatorSettings, isStrict } from './indicator-settings.rules.js';
import { CLEAR, faulty, insufficient, notApplicable, type Outcome, strongest, triggered } from './outcome.rules.js';

/**
 * The indicators of Cardinal 0.0.8 that one process decides alone, as the domain notes have them (b.1); the set `aiqyn` with
 * the corrections of (b.2). Each returns one of five outcomes, never silence.
 */

function methodFits(facts: Facts, methods: ReadonlySet<string>): Outcome | undefined {
  if (methods.size === 0) return undefined;
  if (facts.method === undefined) return insufficient('no-procurement-method');
  return methods.has(facts.method) ? undefined : notApplicable('other-method');
}

/** Whether the procedure is one whose bids are compared by price. */
export function comparesPrices({ methodDetails }: Facts, { priceOnlyFor, noPriceFor }: IndicatorSettings): boolean {
  if (methodDetails === undefined) return priceOnlyFor.size === 0;
  return priceOnlyFor.size === 0 ? !noPriceFor.has(methodDetails) : priceOnlyFor.has(methodDetails);
}

/** R003, short submission period: fewer whole days than the threshold. */
export function shortPeriod(facts: Facts, settings: IndicatorSettings): Outcome {
  const { threshold, methods, byDetails } = settings.R003!;
  const unfit = methodFits(facts, methods);
  if (unfit) return unfit;
  if (facts.start === undefined || facts.end === undefined) return insufficient('no-submission-period');
  const days = !isStrict(settings);
  const [start, end] = [momentOf(facts.start, days), momentOf(facts.end, days)];
  if (!start || !end) return insufficient('unreadable-date');
  if (days && isAfter(start, end)) return faulty('end-before-start');
  const least = (facts.methodDetails !== undefined ? byDetails.get(facts.methodDetails) : undefined) ?? threshold;
  return wholeDays(start, end) < least ? triggered(1) : CLEAR;
}

/** One object, as the others that carry nobody are. */
const DERIVED: Outcome = Object.freeze({ ...triggered(1), reason: 'derived-from-bids' });

/** R018, single bid received in a competitive procedure; the number is derived from the bids where it is not said. */
export function singleBid(facts: Facts, settings: IndicatorSettings): Outcome {
  const unfit = methodFits(facts, settings.R018!.methods);
  if (unfit) return unfit;
  const said = facts.numberOfTenderers;
  if (said !== undefined) return said === 1 ? triggered(1) : CLEAR;
  if (isStrict(settings) || !facts.bids) return insufficient('no-number-of-tenderers');
  if (facts.bids.some(({ status }) => status === undefined)) return insufficient('bid-without-status');
  const bidders = new Set(facts.bids.filter(isSubmitted).map((bid) => consortium(bid.tenderers)));
  bidders.delete('');
  if (bidders.size === 0) return insufficient('no-number-of-tenderers');
  return bidders.size === 1 ? DERIVED : CLEAR;
}

/** R028, two submitted bids of different tenderers with the same price. */
export function identicalPrices(facts: Facts, settings: IndicatorSettings): Outcome {
  if (!comparesPrices(facts, settings)) return notApplicable('no-price-comparison');
  if (!facts.bids) return insufficient('no-bids');
  const strict = isStrict(settings);
  return strongest(contestsOfBids(facts, strict).map(({ bids }) => identicalIn(bids, strict)));
}

/** Whether nobody can say at what price a bid stood, or whether it did. */
const lacksPrice = (bid: Contest['bids'][number]): boolean =>
  bid.status === undefined ||
  (isSubmitted(bid) && (bid.amount === undefined || bid.currency === undefined || bid.tenderers.length === 0));

/** Whether any amount stands there twice; most often none does, and comparing numbers is cheap. */
function haveTwins(bids: Contest['bids']): boolean {
  if (bids.length > FEW) return new Set(bids.map((bid) => bid.amount)).size < bids.length;
  for (let i = 1; i < bids.length; i += 1)
    for (let k = 0; k < i; k += 1) if (bids[i]!.amount === bids[k]!.amount) return true;
  return false;
}

function identicalIn(bids: Contest['bids'], strict: boolean): Outcome {
  const priced = bids.filter(
    (b) => isSubmitted(b) && b.amount !== undefined && b.currency !== undefined && b.tenderers.length > 0,
  );
  // A bid that lacks a price, or whose status is unknown, might have been the other one.
  const clear = !strict && bids.some(lacksPrice) ? insufficient('bid-without-price-or-status') : CLEAR;
  if (priced.length < 2) return priced.length === 0 ? insufficient('no-priced-bids') : clear;
  if (!haveTwins(priced)) return clear;
  const byPrice = Map.groupBy(priced, ({ amount, currency }) => `${amount} ${currency}`);
  const flagged = new Set<string>();
  for (const atPrice of byPrice.values()) {
    const sets = atPrice.map((bid) => ({ ids: bid.tenderers, key: consortium(bid.tenderers) }));
    // Cardinal compares each with the one before it only; so its answer depends on the order of the bids.
    const differs = (one: { key: string }, at: number): boolean =>
      [sets[at - 1], sets[at + 1]].some((o) => o && o.key !== one.key);
    const alike = sets.every(({ key }) => key === sets[0]!.key);
    for (const [at, one] of sets.entries())
      if (strict ? differs(one, at) : !alike) for (const id of one.ids) flagged.add(id);
  }
  return flagged.size > 0 ? triggered(1, [...flagged]) : clear;
}

/** R030, a bid handed in after the end of the submission period won. */
export function lateBidWon(facts: Facts, settings: IndicatorSettings): Outcome {
  const { end, bids, awards } = facts;
  if (end === undefined) return insufficient('no-submission-period');
  if (!bids || !awards) return insufficient('no-bids-or-awards');
  const strict = isStrict(settings);
  const active = awards.filter((award) => award.status === 'active');
  const deadline = strict ? undefined : momentOf(end, true);
  if (!strict && !deadline) return insufficient('unreadable-date');
  const late: string[] = [];
  let unreadable = false;
  for (const { status, date, tenderers } of bids) {
    if (!strict && (status === undefined || (status === 'valid' && date === undefined))) unreadable = true;
    if (status !== 'valid' || date === undefined) continue;
    const handedIn = strict ? undefined : momentOf(date, true);
    if (!strict && !handedIn) unreadable = true;
    // Cardinal compares the texts: wrong where the offsets differ.
    else if (strict ? date > end : isAfter(handedIn!, deadline!)) late.push(...tenderers);
  }
  if (late.length > 0) {
    const winners = new Set(active.flatMap((award) => award.suppliers));
    const flagged = distinct(late.filter((id) => winners.has(id)));
    if (flagged.length > 0) return triggered(1, flagged);
  }
  return unreadable ? insufficient('unreadable-date') : active.length === 0 ? notApplicable('no-award') : CLEAR;
}

/** R035, all but the winner disqualified: the number of the others. */
export function allButWinnerDisqualified(facts: Facts, settings: IndicatorSettings): Outcome {
  const strict = isStrict(settings);
  const contests = contestsOf(facts, strict);
  if (!contests) return insufficient('no-bids-or-awards');
  const { threshold } = settings.R035!;
  return strongest(contests.map((contest) => allButWinnerIn(contest, threshold, strict)));
}

function allButWinnerIn(contest: Contest, threshold: number, strict: boolean): Outcome {
  const active = finalAwards(contest, strict);
  if (typeof active === 'string') return insufficient(active);
  const valid: string[] = [];
  const disqualified: string[] = [];
  let unknown = false;
  for (const { status, tenderers } of contest.bids) {
    if (status === undefined) unknown = true;
    else if (status === 'valid') valid.push(...tenderers);
    else if (status === 'disqualified') disqualified.push(...tenderers);
  }
  if (!strict && unknown) return insufficient('bid-without-status');
  const only = theOne(valid);
  // Nearly always one, of which no list need be made.
  const won = active.length === 1 ? active[0]!.suppliers : active.flatMap((award) => award.suppliers);
  if (only === undefined || theOne(won) !== only) return notApplicable('not-one-winner');
  if (disqualified.length === 0) return CLEAR;
  const others = distinct(disqualified).filter((id) => id !== only).length;
  return others >= threshold ? triggered(others, [only], 0) : CLEAR;
}

/** The id that all of them are, if they are. */
const theOne = (ids: readonly string[]): string | undefined => (ids.every((id) => id === ids[0]) ? ids[0] : undefined);

/** R036, the lowest bid was disqualified though another was valid. */
export function lowestDisqualified(facts: Facts, settings: IndicatorSettings): Outcome {
  if (!comparesPrices(facts, settings)) return notApplicable('no-price-comparison');
  if (!facts.bids || !facts.awards) return insufficient('no-bids-or-awards');
  const contests = contestsOf(facts, isStrict(settings)) ?? [];
  return strongest(contests.map((contest) => lowestDisqualifiedIn(contest, settings)));
}

function lowestDisqualifiedIn({ bids, awards }: Contest, settings: IndicatorSettings): Outcome {
  if (!awards.some(({ status }) => status === 'active')) return notApplicable('no-award');
  const strict = isStrict(settings);
  interface Lowest {
    amount: number;
    disqualified: boolean;
    valid: boolean;
  }
  const byCurrency = new Map<string, Lowest>();
  for (const bid of bids) {
    const { amount, currency, status } = bid;
    if (!isSubmitted(bid) || amount === undefined || currency === undefined) continue;
    if (settings.currency !== undefined && currency !== settings.currency) continue;
    const out = status === 'disqualified';
    const lowest = byCurrency.get(currency);
    if (!lowest) byCurrency.set(currency, { amount, disqualified: out, valid: status === 'valid' });
    else {
      if (amount < lowest.amount) [lowest.amount, lowest.disqualified] = [amount, out];
      // A bid at the lowest price that was let in: nobody cheaper was turned away. Cardinal takes the first in the list.
      else if (!strict && amount === lowest.amount && !out) lowest.disqualified = false;
      if (status === 'valid') lowest.valid = true;
    }
  }
  if (byCurrency.size === 0) return insufficient('no-priced-bids');
  if ([...byCurrency.values()].some((l) => l.valid && l.disqualified)) return triggered(1);
  return !strict && bids.some(lacksPrice) ? insufficient('bid-without-price-or-status') : CLEAR;
}
