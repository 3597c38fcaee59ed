import { type UnitTable, valueOn } from '@aiqyn/contracts';
import { CLEAR, insufficient, notApplicable, type Outcome, triggered } from '../judge-process/outcome.rules.js';
import { DAY_MS, isAfter, type Moment, wholeDays } from '../read-release/instants.rules.js';
import { activeAwards, type Price, type Purchase } from './purchase.rules.js';

/** Indicators of how a purchase was called and decided. `days` are whole days, amounts of units those of the day of the call. */

type Words = { readonly methods: readonly string[] };

function otherMethod({ facts }: Purchase, { methods }: Words): Outcome | undefined {
  if (facts.method === undefined) return insufficient('no-procurement-method');
  return methods.includes(facts.method) ? undefined : notApplicable('other-method');
}

/**
 * R004 and R005: a competitive procedure for which no document of these types was published. Where fewer documents than
 * `least` were, their publisher may publish no others at all: that is no signal about the purchase.
 */
export function documentsMissing(
  purchase: Purchase,
  values: Words & { readonly types: readonly string[]; readonly least: number },
): Outcome {
  const other = otherMethod(purchase, values);
  if (other) return other;
  const { documents } = purchase;
  if (!documents) return insufficient('no-documents');
  if (documents.some((type) => values.types.includes(type))) return CLEAR;
  return documents.length < values.least ? insufficient('few-documents') : triggered(1);
}

/** R010: a procedure without competition whose published reason is shorter than any reason (`least` characters). */
export function directWithoutReason(purchase: Purchase, values: Words & { readonly least: number }): Outcome {
  const other = otherMethod(purchase, values);
  if (other) return other;
  if (purchase.rationale === undefined) return insufficient('no-rationale');
  return purchase.rationale.trim().length < values.least ? triggered(1) : CLEAR;
}

/** R039: questions of bidders that nobody answered. */
export function unansweredQuestions({ answered }: Purchase): Outcome {
  if (!answered) return insufficient('no-enquiries');
  const open = answered.filter((is) => !is).length;
  return open > 0 ? triggered(open) : CLEAR;
}

/** AQ-1: an award that is older than the end of the period for bids. */
export function awardedBeforeTheEnd(purchase: Purchase): Outcome {
  const awards = activeAwards(purchase);
  if (!purchase.awards) return insufficient('no-awards');
  if (awards.length === 0) return notApplicable('no-award');
  const { end } = purchase;
  if (!end) return insufficient('no-submission-period');
  if (awards.some(({ date }) => date && isAfter(end, date))) return triggered(1);
  return awards.some(({ date }) => !date) ? insufficient('award-without-date') : CLEAR;
}

/** R062: more days than that from the end of the period for bids to the award. */
export function lateDecision(purchase: Purchase, { days }: { readonly days: number }): Outcome {
  const awards = activeAwards(purchase);
  if (!purchase.awards) return insufficient('no-awards');
  if (awards.length === 0) return notApplicable('no-award');
  const { end } = purchase;
  if (!end) return insufficient('no-submission-period');
  const took = awards.map(({ date }) => (date ? wholeDays(end, date) : undefined));
  const longest = Math.max(...took.filter((one) => one !== undefined));
  if (longest > days) return triggered(longest);
  return took.includes(undefined) ? insufficient('award-without-date') : CLEAR;
}

const dayOf = ({ at }: Moment): string => new Date(Math.floor(at / DAY_MS) * DAY_MS).toISOString().slice(0, 10);

/** An amount of tenge in units of the day of the call (MCI), or why it cannot be told. */
function inUnits(price: Price | undefined, start: Moment | undefined, unit: UnitTable): number | Outcome {
  if (!price) return insufficient('no-amount');
  if (price.currency !== unit.currency) return insufficient('other-currency');
  if (!start) return insufficient('no-submission-period');
  try {
    return Math.round(price.amount * 100) / valueOn(unit, dayOf(start));
  } catch {
    return insufficient('no-unit-value-for-day');
  }
}

type ByCategory = Readonly<Record<string, number>>;

/** KZ-1: larger than what a body may buy by itself, and no central purchasing body took part. */
export function besideCentralPurchasing(
  purchase: Purchase,
  { above, role }: { readonly above: ByCategory; readonly role: string },
  unit: UnitTable,
): Outcome {
  const { category, estimate, start, parties } = purchase;
  if (category === undefined) return insufficient('no-category');
  const limit = above[category];
  if (limit === undefined) return notApplicable('other-category');
  const units = inUnits(estimate, start, unit);
  if (typeof units !== 'number') return units;
  if (!parties) return insufficient('no-parties');
  if (parties.some(({ roles }) => roles.includes(role))) return CLEAR;
  return units > limit ? triggered(units) : CLEAR;
}

/** R055, of one purchase: bought directly for a little less than the limit above which it would have been a competition. */
export function justBelowLimit(
  purchase: Purchase,
  values: Words & { readonly limit: ByCategory; readonly within: ByCategory },
  unit: UnitTable,
): Outcome {
  const other = otherMethod(purchase, values);
  if (other) return other;
  const { category, awards, start } = purchase;
  if (category === undefined) return insufficient('no-category');
  const [limit, within] = [values.limit[category], values.within[category]];
  if (limit === undefined || within === undefined) return notApplicable('other-category');
  if (!awards) return insufficient('no-awards');
  const all = activeAwards(purchase).map(({ price }) => inUnits(price, start, unit));
  if (all.length === 0) return notApplicable('no-award');
  const near = all.find((units) => typeof units === 'number' && units >= limit * (1 - within) && units < limit);
  if (typeof near === 'number') return triggered(near);
  return all.find((units) => typeof units !== 'number') ?? CLEAR;
}

/** R070: who lost the competition works under the winner. */
export function loserSubcontracted({ parties }: Purchase): Outcome {
  if (!parties) return insufficient('no-parties');
  const losers = parties
    .filter(({ roles }) => roles.includes('subcontractor') && roles.includes('tenderer') && !roles.includes('supplier'))
    .map(({ id }) => id);
  return losers.length > 0 ? triggered(losers.length, losers) : CLEAR;
}
