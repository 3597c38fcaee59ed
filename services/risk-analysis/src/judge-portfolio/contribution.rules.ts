import {
  consortium,
  distinct,
  type Facts,
  factsOf,
  FEW,
  isSubmitted,
  type Issue,
} from '../read-release/facts.rules.js';
import { type Contest, contestsOf, finalAwards, sole } from '../judge-process/contests.rules.js';
import { type IndicatorSettings, isStrict } from '../judge-process/indicator-settings.rules.js';
import { faulty, insufficient, notApplicable, type Outcome, strongest } from '../judge-process/outcome.rules.js';
import {
  allButWinnerDisqualified,
  comparesPrices,
  identicalPrices,
  lateBidWon,
  lowestDisqualified,
  shortPeriod,
  singleBid,
} from '../judge-process/process-indicators.rules.js';

export const PROCESS_CODES = ['R003', 'R018', 'R028', 'R030', 'R035', 'R036'] as const;
export type ProcessCode = (typeof PROCESS_CODES)[number];
/** Those that only all processes together decide. */
export const OUTLIER_CODES = ['R024', 'R025', 'R038', 'R048', 'R058'] as const;
export type IndicatorCode = ProcessCode | (typeof OUTLIER_CODES)[number];

const JUDGES: Readonly<Record<ProcessCode, (facts: Facts, settings: IndicatorSettings) => Outcome>> = {
  R003: shortPeriod,
  R018: singleBid,
  R028: identicalPrices,
  R030: lateBidWon,
  R035: allButWinnerDisqualified,
  R036: lowestDisqualified,
};

/** How much the next bid was above the winner's, as a share of the winner's. */
export interface Gap {
  readonly ratio: number;
  readonly winners: readonly string[];
  readonly runnersUp: readonly string[];
}

/** What a tenderer handed in: id, bids, disqualified ones of them; flat, since there are millions. */
export type BidCounts = readonly (string | number)[];

/**
 * What one process adds to the knowledge of all: everything that the portfolio indicators need, so that a new version is taken
 * in by taking out the old contribution. No clock and no other process goes in. Fields are always there, and lists flat: a
 * contribution is kept for each of millions of processes.
 */
export interface Contribution {
  readonly ocid: string;
  /** In the order of PROCESS_CODES; undefined where an indicator is not computed. */
  readonly outcomes: readonly (Outcome | undefined)[];
  /** R024, R058: one a contest; or why there is none. */
  readonly gaps: readonly Gap[];
  readonly noGap: Outcome | undefined;
  /** R025: who won a contest with a valid bid, and who did not. */
  readonly won: readonly string[];
  readonly lost: readonly string[];
  /** R038. */
  readonly buyer: string | undefined;
  readonly entity: string | undefined;
  readonly submitted: number;
  readonly disqualified: number;
  readonly bids: BidCounts;
  /** R048: a supplier and the classes of its items, in turn. */
  readonly supplies: readonly (string | readonly string[])[];
  readonly issues: readonly Issue[];
}

/** The contribution of a release; undefined when it is none: without an ocid, of a cancelled tender, or left out. */
export function contributionOf(release: unknown, settings: IndicatorSettings): Contribution | undefined {
  const facts = factsOf(release, isStrict(settings));
  return facts && contributionOfFacts(facts, settings);
}

/** The same from facts that were read before. */
export function contributionOfFacts(facts: Facts, settings: IndicatorSettings): Contribution | undefined {
  if (facts.tenderStatus === 'cancelled') return undefined;
  if (facts.methodDetails !== undefined && settings.excludedDetails.has(facts.methodDetails)) return undefined;
  const strict = isStrict(settings);
  const contests = contestsOf(facts, strict);
  const { gaps, noGap } = settings.R024 || settings.R058 ? gapsOf(facts, contests, settings) : NO_GAPS;
  const [won, lost] = settings.R025 ? contendersOf(contests, strict) : NOBODY;
  const counts = settings.R025 || settings.R038 || settings.R048 ? bidsOf(facts) : NO_BIDS;
  return {
    ocid: facts.ocid,
    outcomes: PROCESS_CODES.map((code) => (settings[code] ? JUDGES[code](facts, settings) : undefined)),
    gaps,
    noGap,
    won,
    lost,
    buyer: facts.buyer,
    entity: facts.entity,
    ...counts,
    supplies: settings.R048 ? suppliesOf(facts, settings.R048.digits, strict) : NONE,
    issues: facts.issues,
  };
}

const NONE: readonly never[] = [];
const NOBODY: readonly [readonly string[], readonly string[]] = [NONE, NONE];
const NO_BIDS = { submitted: 0, disqualified: 0, bids: NONE };

const NO_GAPS: { gaps: readonly Gap[]; noGap: Outcome | undefined } = { gaps: NONE, noGap: undefined };

function gapsOf(
  facts: Facts,
  contests: readonly Contest[] | undefined,
  settings: IndicatorSettings,
): { gaps: readonly Gap[]; noGap: Outcome | undefined } {
  if (!comparesPrices(facts, settings)) return { gaps: NONE, noGap: notApplicable('no-price-comparison') };
  if (!contests) return { gaps: NONE, noGap: insufficient('no-bids-or-awards') };
  const found = contests.map((contest) => gapIn(contest, settings));
  const gaps = found.filter((one): one is Gap => 'ratio' in one);
  return gaps.length > 0 ? { gaps, noGap: undefined } : { gaps: NONE, noGap: strongest(found as Outcome[]) };
}

function gapIn(contest: Contest, settings: IndicatorSettings): Gap | Outcome {
  const strict = isStrict(settings);
  const active = finalAwards(contest, strict);
  if (typeof active === 'string') return insufficient(active);
  if (active.length !== 1) return notApplicable(active.length === 0 ? 'no-award' : 'several-awards');
  const award = active[0]!;
  const winner = sole(award.suppliers, award.parties, strict);
  if (winner === undefined) return insufficient('no-single-supplier');
  let currency = settings.currency;
  if (currency === undefined) currency = currencyOf(contest, winner);
  if (currency === undefined) return insufficient('winner-without-one-price');
  let won: number | undefined;
  let next: number | undefined;
  let runnersUp: readonly string[] = [];
  for (const { status, amount, currency: own, tenderers, parties } of contest.bids) {
    if (status !== 'valid' || amount === undefined || own !== currency) continue;
    const bidder = sole(tenderers, parties, strict);
    if (bidder === undefined) continue;
    if (!strict && amount <= 0) return faulty('invalid-amount');
    if (bidder === winner) {
      if (won === undefined || amount < won) won = amount;
    } else if (next === undefined || amount < next || (!strict && amount === next && bidder < consortium(runnersUp)))
      [next, runnersUp] = [amount, tenderers];
  }
  if (won === undefined) return insufficient('winner-without-one-price');
  if (next === undefined) return notApplicable('no-other-bid');
  // Price was not all that counted, as the rule otherwise assumes.
  if (next < won) return notApplicable('winner-not-lowest');
  return { ratio: (next - won) / won, winners: award.suppliers, runnersUp };
}

/** The one currency of the winner's valid bids. */
function currencyOf({ bids }: Contest, winner: string): string | undefined {
  const all = new Set<string>();
  for (const { status, amount, currency, tenderers, parties } of bids)
    if (
      status === 'valid' &&
      amount !== undefined &&
      currency !== undefined &&
      sole(tenderers, parties, false) === winner
    )
      all.add(currency);
  return all.size === 1 ? [...all][0] : undefined;
}

function contendersOf(
  contests: readonly Contest[] | undefined,
  strict: boolean,
): readonly [readonly string[], readonly string[]] {
  const won: string[] = [];
  const lost: string[] = [];
  for (const contest of contests ?? NONE) {
    const active = finalAwards(contest, strict);
    if (typeof active === 'string' || active.length !== 1) continue;
    const winner = sole(active[0]!.suppliers, active[0]!.parties, strict);
    if (winner === undefined) continue;
    const winners: string[] = [];
    const losers: string[] = [];
    for (const { status, tenderers, parties } of contest.bids) {
      const bidder = status === 'valid' ? sole(tenderers, parties, strict) : undefined;
      if (bidder !== undefined) (bidder === winner ? winners : losers).push(...tenderers);
    }
    // Once a contest, however many bids; a member of the winning consortium that also bid alone has won.
    const once = distinct(winners);
    for (const id of distinct(losers)) if (!once.includes(id)) lost.push(id);
    won.push(...once);
  }
  return [won, lost];
}

function bidsOf({ bids }: Facts): Pick<Contribution, 'submitted' | 'disqualified' | 'bids'> {
  let [submitted, disqualified] = [0, 0];
  const counts: (string | number)[] = [];
  const places = (bids?.length ?? 0) > FEW ? new Map<string, number>() : undefined;
  for (const bid of bids ?? NONE) {
    if (!isSubmitted(bid)) continue;
    const out = bid.status === 'disqualified' ? 1 : 0;
    submitted += 1;
    disqualified += out;
    for (const id of bid.tenderers) {
      const place = places ? (places.get(id) ?? -1) : counts.indexOf(id);
      if (place < 0) {
        places?.set(id, counts.length);
        counts.push(id, 1, out);
      } else {
        counts[place + 1] = (counts[place + 1] as number) + 1;
        counts[place + 2] = (counts[place + 2] as number) + out;
      }
    }
  }
  return { submitted, disqualified, bids: counts };
}

function suppliesOf({ awards }: Facts, digits: number, strict: boolean): Contribution['supplies'] {
  const supplies: (string | string[])[] = [];
  for (const { status, suppliers, parties, codes } of awards ?? NONE) {
    if (status !== 'active' || parties !== 1 || suppliers.length !== 1) continue;
    const at = supplies.indexOf(suppliers[0]!);
    const classes = at < 0 ? [] : (supplies[at + 1] as string[]);
    for (const code of codes) {
      // A code that is shorter than what is compared names no class of its own.
      if (!strict && code.length < digits) continue;
      const one = cut(code, digits);
      if (!classes.includes(one)) classes.push(one);
    }
    if (at < 0 && classes.length > 0) supplies.push(suppliers[0]!, classes);
  }
  return supplies;
}

/** The first letters as people count them. */
const cut = (code: string, digits: number): string =>
  /^[\x20-\x7e]*$/.test(code) ? code.slice(0, digits) : [...code].slice(0, digits).join('');
