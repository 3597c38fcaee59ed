import { activeAwards, type Price, type Purchase, standingContracts } from '../judge-purchase/purchase.rules.js';
import { DAY_MS } from '../read-release/instants.rules.js';

/** What was planned, awarded, contracted and paid in one currency, in hundredths; missing is "not published". */
export interface Money {
  readonly currency: string;
  readonly planned?: number;
  readonly awarded?: number;
  readonly contracted?: number;
  readonly paid?: number;
}

/** What a process is worth at most: what was contracted, else awarded, else planned. */
export const worthOf = ({ contracted, awarded, planned }: Money): number | undefined =>
  contracted ?? awarded ?? planned;

type Part = 'planned' | 'awarded' | 'contracted' | 'paid';
const hundredths = ({ amount }: Price): number => Math.round(amount * 100);

/** What a purchase was planned, awarded, contracted and paid for, by currency; what was not published is not there. */
export function moneyOf(purchase: Purchase): Money[] {
  const sums = new Map<string, Partial<Record<Part, number>>>();
  const add = (part: Part, price: Price | undefined): void => {
    if (!price || !Number.isSafeInteger(hundredths(price))) return;
    const one = sums.get(price.currency) ?? {};
    sums.set(price.currency, { ...one, [part]: (one[part] ?? 0) + hundredths(price) });
  };
  const { estimate, lots } = purchase;
  if (estimate) add('planned', estimate);
  else for (const lot of lots) add('planned', lot.estimate);
  for (const { price } of activeAwards(purchase)) add('awarded', price);
  for (const { price, paid } of standingContracts(purchase)) {
    add('contracted', price);
    for (const one of paid ?? []) add('paid', one);
  }
  const all = [...sums].filter(([, one]) => Object.values(one).every(Number.isSafeInteger));
  return all.sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, one]) => ({ currency, ...one }));
}

/** The day of the first award that stands; undefined before there is one. */
export function dayOf(purchase: Purchase): string | undefined {
  const days = activeAwards(purchase).flatMap(({ date }) => (date ? [Math.floor(date.at / DAY_MS)] : []));
  return days.length > 0 ? new Date(Math.min(...days) * DAY_MS).toISOString().slice(0, 10) : undefined;
}
