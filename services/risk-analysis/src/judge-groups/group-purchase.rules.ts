import type { GroupKind } from '@aiqyn/contracts';
import { purchaseOf } from '../judge-purchase/purchase.rules.js';
import { consortium, distinct, isSubmitted } from '../read-release/facts.rules.js';
import { DAY_MS, momentOf } from '../read-release/instants.rules.js';
import { type Json, object } from '../json.rules.js';

/** Bidders of one process whose pairs are looked at; of more there would be too many pairs, and nobody rotates among so many. */
const BIDDERS = 8;
/** Kinds of items of one process whose prices are compared. */
const ITEMS = 20;

export interface GroupAward {
  readonly supplier: string;
  /** Hundredths of the currency. */
  readonly amount: number;
  readonly currency: string;
}

export interface GroupItem {
  readonly code: string;
  readonly unit: string;
  readonly currency: string;
  /** For one unit, in the currency. */
  readonly price: number;
  readonly quantity: number;
}

/** What one process tells about its buyer's year, the prices of its items, and the pairs of its bidders. */
export interface GroupPurchase {
  readonly ocid: string;
  readonly day: string;
  readonly buyer?: string;
  readonly method?: string;
  readonly category?: string;
  /** Class codes of what was bought. */
  readonly codes: readonly string[];
  readonly awards: readonly GroupAward[];
  readonly items: readonly GroupItem[];
  /** Each that bid, and each that won, once. */
  readonly bidders: readonly string[];
  readonly winners: readonly string[];
}

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(object) : []);
const isAmount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0;

function itemOf(item: Json): GroupItem | undefined {
  const { name, id, value } = object(item['unit']);
  const { amount, currency } = object(value);
  const code = object(item['classification'])['id'];
  const unit = typeof name === 'string' ? name : id;
  const { quantity } = item;
  if (typeof code !== 'string' || typeof unit !== 'string' || typeof currency !== 'string') return undefined;
  return isAmount(amount) && isAmount(quantity) ? { code, unit, currency, price: amount, quantity } : undefined;
}

/** Of a release; undefined of a cancelled tender, and where nothing tells when it was. */
export function groupPurchaseOf(ocid: string, release: unknown): GroupPurchase | undefined {
  const { facts, category, classes, awards, published } = purchaseOf(release);
  const active = list(object(release)['awards']).filter((one) => one['status'] === 'active');
  const date = active.map((one) => one['date']).find((one) => typeof one === 'string');
  const when = (date === undefined ? undefined : momentOf(date, true)) ?? published;
  if (facts.tenderStatus === 'cancelled' || !when) return undefined;
  const won = (facts.awards ?? []).filter(({ status }) => status === 'active');
  const valued = won.flatMap(({ suppliers }, i): GroupAward[] => {
    const price = (awards ?? []).filter(({ status }) => status === 'active')[i]?.price;
    if (suppliers.length === 0 || !price || price.amount <= 0) return [];
    return [{ supplier: consortium(suppliers), amount: Math.round(price.amount * 100), currency: price.currency }];
  });
  const bidders = distinct((facts.bids ?? []).filter(isSubmitted).flatMap(({ tenderers }) => tenderers));
  const items = active.flatMap((one) => list(one['items']).map(itemOf)).filter((one) => one !== undefined);
  return {
    ...{ ocid, day: new Date(Math.floor(when.at / DAY_MS) * DAY_MS).toISOString().slice(0, 10) },
    ...(facts.buyer === undefined ? {} : { buyer: facts.buyer }),
    ...(facts.method === undefined ? {} : { method: facts.method }),
    ...(category === undefined ? {} : { category }),
    codes: distinct([...won.flatMap(({ codes }) => codes), ...classes]),
    awards: valued,
    items: items.slice(0, ITEMS),
    bidders: bidders.length <= BIDDERS ? bidders : [],
    winners: distinct(won.flatMap(({ suppliers }) => suppliers)),
  };
}

/** A set of purchases that are looked at together, by a key that begins with its kind. */
export const kindOf = (key: string): GroupKind => (JSON.parse(key) as [GroupKind])[0];

const keyOf = (kind: GroupKind, ...parts: string[]): string => JSON.stringify([kind, ...parts]);

/**
 * The groups that a purchase is in (its buyer's year, the quarter of each of its items, the year of each pair of its bidders), and
 * what of the purchase the indicators of each read, as JSON.
 */
function partsOf({ day, buyer, items, bidders, winners, ...facts }: GroupPurchase): ReadonlyMap<string, string> {
  const year = day.slice(0, 4);
  const quarter = `${year}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
  const parts = new Map<string, string>();
  const add = (key: string, read: unknown): void => void parts.set(key, JSON.stringify(read));
  if (buyer !== undefined) {
    const { method, category, codes, awards } = facts;
    add(keyOf('buyer', buyer, year), [method, category, codes, awards]);
  }
  const ofItem = ({ code, unit, currency }: GroupItem): string => keyOf('item', code, unit, currency, quarter);
  for (const [key, same] of Map.groupBy(items, ofItem)) add(key, same);
  const sorted = [...bidders].sort();
  for (const [i, a] of sorted.entries())
    for (const b of sorted.slice(i + 1)) add(keyOf('pair', a, b, year), [winners.includes(a), winners.includes(b)]);
  return parts;
}

/** The groups that a purchase is in, by their keys. */
export const groupsOf = (purchase: GroupPurchase): string[] => [...partsOf(purchase).keys()];

/** The groups of which something else may be said when a version of a purchase takes the place of another; either may be none. */
export function groupsChanged(before: GroupPurchase | undefined, after: GroupPurchase | undefined): string[] {
  const [was, is] = [before, after].map((one) => (one ? partsOf(one) : new Map<string, string>()));
  return [...new Set([...was!.keys(), ...is!.keys()])].filter((key) => was!.get(key) !== is!.get(key));
}
