import { type GroupKind, type UnitTable, valueOn } from '@aiqyn/contracts';
import { CLEAR, insufficient, type Outcome, triggered } from '../judge-process/outcome.rules.js';
import type { GroupPurchase } from './group-purchase.rules.js';

/** What an indicator says of a subject within a group, and the purchases that it says it of. */
export interface GroupVerdict {
  readonly code: GroupCode;
  /** Within the group: a class, a supplier, a process. */
  readonly subjectId: string;
  readonly outcome: Outcome;
  /** The numbers, in units or hundredths as the indicator says, and the processes. */
  readonly inputs: Readonly<Record<string, number | readonly string[]>>;
}

/** What a group is of, and what amounts of the law are counted in (MCI). */
interface Context {
  readonly unit: UnitTable;
  readonly year: string;
  readonly of: readonly string[];
}

type Rule = (purchases: readonly GroupPurchase[], values: never, context: Context) => Omit<GroupVerdict, 'code'>[];

type ByCategory = Readonly<Record<string, number>>;
interface Direct {
  readonly methods: readonly string[];
  readonly limit: ByCategory;
}
interface Line {
  readonly ocid: string;
  readonly supplier: string;
  readonly amount: number;
  readonly category: string | undefined;
  readonly codes: readonly string[];
}

const ocidsOf = (lines: readonly { readonly ocid: string }[]): string[] =>
  [...new Set(lines.map((l) => l.ocid))].sort();
const sumOf = (lines: readonly { readonly amount: number }[]): number =>
  lines.reduce((all, one) => all + one.amount, 0);

/** Awards in the currency of the unit, by a list of methods or all. */
const linesOf = (purchases: readonly GroupPurchase[], currency: string, methods?: readonly string[]): Line[] =>
  purchases
    .filter(({ method }) => !methods || (method !== undefined && methods.includes(method)))
    .flatMap(({ ocid, category, codes, awards }) =>
      awards.filter((a) => a.currency === currency).map((a) => ({ ocid, category, codes, ...a })),
    );

/** The value of the unit on the first day of the year, in hundredths. */
function unitOf(unit: UnitTable, year: string): number | undefined {
  try {
    return valueOn(unit, `${year}-01-01`);
  } catch {
    return undefined;
  }
}

/** R011: direct awards of one class that are each below the limit, and above it together. The value is the sum in limits. */
const split: Rule = (purchases, { methods, limit }: Direct, { unit, year }) => {
  const value = unitOf(unit, year);
  const lines = linesOf(purchases, unit.currency, methods).filter((l) => limit[l.category ?? ''] !== undefined);
  const byClass = Map.groupBy(lines, ({ category, codes }) => `${category} ${codes[0]?.slice(0, 4) ?? ''}`);
  return [...byClass].flatMap(([subjectId, all]) => {
    if (ocidsOf(all).length < 2 || subjectId.endsWith(' ')) return [];
    const inputs = { sum: sumOf(all), processes: ocidsOf(all) };
    if (value === undefined) return [{ subjectId, outcome: insufficient('no-unit-value-for-day'), inputs }];
    const most = limit[all[0]!.category!]! * value;
    const splits = all.every((l) => l.amount < most) && inputs.sum >= most;
    return [{ subjectId, outcome: splits ? triggered(inputs.sum / most) : CLEAR, inputs: { ...inputs, limit: most } }];
  });
};

/** DP-2-6: direct awards to one supplier, each below the lowest limit, above it together. */
const manySmall: Rule = (purchases, { methods, limit }: Direct, { unit, year }) => {
  const value = unitOf(unit, year);
  const bySupplier = Map.groupBy(linesOf(purchases, unit.currency, methods), (l) => l.supplier);
  return [...bySupplier].flatMap(([subjectId, all]) => {
    if (ocidsOf(all).length < 2) return [];
    const inputs = { sum: sumOf(all), processes: ocidsOf(all) };
    if (value === undefined) return [{ subjectId, outcome: insufficient('no-unit-value-for-day'), inputs }];
    const most = Math.min(...Object.values(limit)) * value;
    const above = all.every((l) => l.amount < most) && inputs.sum > most;
    return [{ subjectId, outcome: above ? triggered(inputs.sum / most) : CLEAR, inputs: { ...inputs, limit: most } }];
  });
};

interface ShareOf {
  readonly threshold: number;
  readonly least: number;
}

/** R040: a supplier's share of what the buyer awarded in the year. */
const dependence: Rule = (purchases, { threshold, least }: ShareOf, { unit }) => {
  const lines = linesOf(purchases, unit.currency);
  if (lines.length < least) return [];
  const all = sumOf(lines);
  return [...Map.groupBy(lines, (l) => l.supplier)].map(([subjectId, own]) => {
    const share = sumOf(own) / all;
    const inputs = { sum: sumOf(own), all, awards: lines.length, processes: ocidsOf(own) };
    return { subjectId, outcome: share > threshold ? triggered(share) : CLEAR, inputs };
  });
};

/** R051: the sum of the squared shares (in per cent) of the suppliers in one division of goods. */
const concentration: Rule = (purchases, { threshold, least }: ShareOf, { unit }) => {
  const lines = linesOf(purchases, unit.currency).filter((l) => l.codes.length > 0);
  return [...Map.groupBy(lines, (l) => l.codes[0]!.slice(0, 2))].flatMap(([subjectId, market]) => {
    if (market.length < least) return [];
    const all = sumOf(market);
    const shares = [...Map.groupBy(market, (l) => l.supplier).values()].map((own) => sumOf(own) / all);
    const index = shares.reduce((sum, share) => sum + (share * 100) ** 2, 0);
    const inputs = { suppliers: shares.length, awards: market.length, processes: ocidsOf(market) };
    return [{ subjectId, outcome: index > threshold ? triggered(index) : CLEAR, inputs }];
  });
};

/** R013: the share of the buyer's purchases without competition. */
const directOften: Rule = (
  purchases,
  { methods, threshold, least }: ShareOf & { readonly methods: readonly string[] },
) => {
  const known = purchases.filter(({ method }) => method !== undefined);
  if (known.length < least) return [];
  const direct = known.filter(({ method }) => methods.includes(method!));
  const share = direct.length / known.length;
  const inputs = { purchases: known.length, direct: direct.length, processes: ocidsOf(direct) };
  return [{ subjectId: 'all', outcome: share > threshold ? triggered(share) : CLEAR, inputs }];
};

/** PZ-3-3: how many different codes the buyer bought directly from one supplier. */
const manyClasses: Rule = (
  purchases,
  { methods, threshold }: { readonly methods: readonly string[]; readonly threshold: number },
  { unit },
) => {
  const lines = linesOf(purchases, unit.currency, methods);
  return [...Map.groupBy(lines, (l) => l.supplier)].map(([subjectId, own]) => {
    const codes = new Set(own.flatMap((l) => l.codes)).size;
    const outcome = codes >= threshold ? triggered(codes) : CLEAR;
    return { subjectId, outcome, inputs: { codes, processes: ocidsOf(own) } };
  });
};

const median = (sorted: readonly number[]): number => {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};
const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/**
 * R017: a unit price far above the median of its item, unit and quarter, by the median absolute deviation (0.6745 makes it
 * comparable with a standard deviation). `overpaid` is what the quantity cost above the median, in hundredths.
 */
const dearItem: Rule = (purchases, { threshold, least }: ShareOf, { of: [code, unit, currency] }) => {
  const all = purchases.flatMap(({ ocid, items }) =>
    items.filter((i) => i.code === code && i.unit === unit && i.currency === currency).map((i) => ({ ocid, ...i })),
  );
  if (all.length < least) return [];
  const middle = median(ascending(all.map((i) => i.price)));
  const spread = median(ascending(all.map((i) => Math.abs(i.price - middle))));
  return [...Map.groupBy(all, (i) => i.ocid)].map(([subjectId, own]) => {
    const dearest = own.reduce((a, b) => (b.price > a.price ? b : a));
    const score = (0.6745 * (dearest.price - middle)) / spread;
    const overpaid = own.reduce((sum, i) => sum + Math.max(0, Math.round((i.price - middle) * i.quantity * 100)), 0);
    const inputs = { price: dearest.price, median: middle, deviation: spread, n: all.length, overpaid };
    const outcome = spread === 0 ? insufficient('no-spread') : score > threshold ? triggered(score) : CLEAR;
    return { subjectId, outcome, inputs: { ...inputs, processes: [subjectId] } };
  });
};

/** R053: two who bid together again and again, and it is always the same one that wins. */
const sameWinner: Rule = (purchases, { threshold, least }: ShareOf, { of }) => {
  const pair = of.slice(0, 2);
  const decided = purchases.filter(({ winners }) => pair.some((id) => winners.includes(id)));
  if (decided.length < least) return [];
  return pair.map((id) => {
    const share = decided.filter(({ winners }) => winners.includes(id)).length / decided.length;
    const inputs = { together: decided.length, processes: ocidsOf(decided) };
    return { subjectId: id, outcome: share >= threshold ? triggered(share) : CLEAR, inputs };
  });
};

const RULES = {
  R011: ['buyer', split],
  R013: ['buyer', directOften],
  R017: ['item', dearItem],
  R040: ['buyer', dependence],
  R051: ['buyer', concentration],
  R053: ['pair', sameWinner],
  'DP-2-6': ['buyer', manySmall],
  'PZ-3-3': ['buyer', manyClasses],
} as const satisfies Record<string, readonly [GroupKind, Rule]>;

export type GroupCode = keyof typeof RULES;
export const GROUP_CODES = Object.keys(RULES) as GroupCode[];

/** What one indicator says of a group; nothing where it is about groups of another kind. Values were checked with the definition. */
export function judgeGroup(
  code: GroupCode,
  key: string,
  purchases: readonly GroupPurchase[],
  values: object,
  unit: UnitTable,
): GroupVerdict[] {
  const [kind, ...parts] = JSON.parse(key) as string[];
  const [about, rule] = RULES[code];
  if (about !== kind) return [];
  const context: Context = { unit, year: parts.at(-1)!.slice(0, 4), of: parts };
  // In one order: what adds fractions up would differ in the last digit otherwise.
  const sorted = [...purchases].sort((a, b) => (a.ocid < b.ocid ? -1 : 1));
  return rule(sorted, values as never, context).map((verdict) => ({ code, ...verdict }));
}
