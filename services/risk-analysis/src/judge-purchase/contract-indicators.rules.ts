import { CLEAR, faulty, insufficient, notApplicable, type Outcome, triggered } from '../judge-process/outcome.rules.js';
import { wholeDays } from '../read-release/instants.rules.js';
import { activeAwards, type Awarded, type Contract, type Purchase, standingContracts } from './purchase.rules.js';

/** Indicators of what became of an award: signature, changes, payments. `days` are whole days. */

type Found = number | undefined | Outcome;

/** Each contract by itself; a fault or a gap in one is an answer only where no other is a signal. */
function ofContracts(purchase: Purchase, judge: (contract: Contract) => Found): Outcome {
  if (!purchase.contracts) return insufficient('no-contracts');
  const all = standingContracts(purchase).map(judge);
  if (all.length === 0) return notApplicable('no-contract');
  const values = all.filter((one) => typeof one === 'number');
  if (values.length > 0) return triggered(Math.max(...values));
  return all.find((one): one is Outcome => typeof one === 'object') ?? CLEAR;
}

/** The award that a contract is of: the one that it names, or the only one. */
function awardOf(purchase: Purchase, { awardId }: Contract): Awarded | undefined {
  const active = activeAwards(purchase);
  return awardId === undefined ? (active.length === 1 ? active[0] : undefined) : active.find((a) => a.id === awardId);
}

/** R060: more days than that from the award to the signature. */
export const lateSignature = (purchase: Purchase, { days }: { readonly days: number }): Outcome =>
  ofContracts(purchase, (contract) => {
    const award = awardOf(purchase, contract);
    if (!award?.date || !contract.signed) return insufficient('no-date-of-award-or-signature');
    const took = wholeDays(award.date, contract.signed);
    if (took < 0) return faulty('signed-before-award');
    return took > days ? took : undefined;
  });

/** R061: works that were done in fewer days than works take. */
export const worksDoneFast = (purchase: Purchase, { days }: { readonly days: number }): Outcome => {
  if (purchase.category === undefined) return insufficient('no-category');
  if (purchase.category !== 'works') return notApplicable('other-category');
  return ofContracts(purchase, ({ signed, end }) => {
    if (!signed || !end) return insufficient('no-date-of-signature-or-end');
    const took = wholeDays(signed, end);
    if (took < 0) return faulty('end-before-start');
    return took < days ? took : undefined;
  });
};

/** R059: the contract is for another amount than the award; the value is the difference as a share of the award. */
export const otherThanAwarded = (purchase: Purchase, { threshold }: { readonly threshold: number }): Outcome =>
  ofContracts(purchase, (contract) => {
    const award = awardOf(purchase, contract);
    if (!award?.price || !contract.price) return insufficient('no-amount');
    if (award.price.currency !== contract.price.currency) return insufficient('other-currency');
    if (award.price.amount === 0) return faulty('invalid-amount');
    const share = Math.abs(contract.price.amount - award.price.amount) / award.price.amount;
    return share > threshold ? share : undefined;
  });

/** R063: an award without a contract, so many days later. */
export function contractNotPublished(purchase: Purchase, { days }: { readonly days: number }): Outcome {
  const { awards, contracts, published } = purchase;
  if (!awards) return insufficient('no-awards');
  const active = activeAwards(purchase);
  if (active.length === 0) return notApplicable('no-award');
  if (!published) return insufficient('no-date');
  const without = active.filter(
    (award) => !(contracts ?? []).some((contract) => awardOf(purchase, contract)?.id === award.id),
  );
  const waited = without.map(({ date }) => (date ? wholeDays(date, published) : undefined));
  const longest = Math.max(...waited.filter((one) => one !== undefined));
  if (longest > days) return triggered(longest);
  return waited.includes(undefined) ? insufficient('award-without-date') : CLEAR;
}

/** R064: a contract was changed at least so many times. */
export const oftenChanged = (purchase: Purchase, { changes }: { readonly changes: number }): Outcome =>
  ofContracts(purchase, ({ amendments }) => (amendments.length >= changes ? amendments.length : undefined));

/** R069: both the price and the term of a contract were changed; which codes say so is data. */
export const priceAndTerm = (
  purchase: Purchase,
  { price, term }: { readonly price: readonly string[]; readonly term: readonly string[] },
): Outcome =>
  ofContracts(purchase, ({ amendments }) => {
    const kinds = amendments.flat();
    const says = (codes: readonly string[]): boolean => kinds.some((kind) => codes.includes(kind));
    if (says(price) && says(term)) return 1;
    return amendments.some((one) => one.length === 0) ? insufficient('amendment-without-kind') : undefined;
  });

const hundredths = (amount: number): number => Math.round(amount * 100);

/** R068: more was paid than the contract is for, by a larger share than rounding makes; the value is that share of the contract. */
export const paidAboveContract = (purchase: Purchase, { threshold }: { readonly threshold: number }): Outcome =>
  ofContracts(purchase, ({ price, paid }) => {
    if (!price) return insufficient('no-amount');
    if (!paid) return insufficient('no-transactions');
    if (paid.some((one) => !one)) return insufficient('transaction-without-amount');
    if (paid.some((one) => one!.currency !== price.currency)) return insufficient('other-currency');
    const sum = paid.reduce((all, one) => all + hundredths(one!.amount), 0);
    const above = sum - hundredths(price.amount);
    if (above <= 0) return undefined;
    if (price.amount === 0) return faulty('invalid-amount');
    const share = above / hundredths(price.amount);
    return share > threshold ? share : undefined;
  });
