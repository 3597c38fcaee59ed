import {
  type Asset,
  type Declared,
  isBalance,
  type Sections,
  type Value,
} from '../declare-assets/declaration.rules.js';
import type { FactKind } from '../declare-assets/register-fact.rules.js';
import { exactly, minus, plus, type Range, total } from './ranges.rules.js';

/** What a registry tells, by the person or the asset that it is about. */
export interface Fact extends Partial<Value> {
  readonly kind: FactKind;
  /** Of an income or an owned asset. */
  readonly personId?: string | undefined;
  readonly assetId?: string | undefined;
  /** Calendar years; an asset without `toYear` is still owned. */
  readonly year?: number | undefined;
  readonly toYear?: number | undefined;
  readonly amount?: number | undefined;
}

/** A source that was explained and proven. */
export interface Proven {
  readonly sourceId: string;
  readonly kind: string;
  readonly amount: number;
}

/** All that the checks of a year read: stored beside what they say, so that the same comes out again. */
export interface CaseFile {
  readonly declared: Declared;
  readonly before?: Declared | undefined;
  readonly facts: readonly Fact[];
  readonly proven: readonly Proven[];
  /** Of those whose things the household uses, up to the last day of the year. */
  readonly wins: readonly Win[];
}

/** A contract of the official's body that somebody won, or a company that they own or direct. */
export interface Win {
  /** Who owns a thing that the household uses. */
  readonly owner: string;
  readonly winner: string;
  readonly ocid: string;
  readonly day: string;
}

/** A list of all of a household, or the sections that were not declared. */
export type Listed<T> = readonly T[] | { readonly missing: readonly string[] };

export const isMissing = (value: unknown): value is { readonly missing: readonly string[] } =>
  typeof value === 'object' && value !== null && 'missing' in value;

/** The day of a check: a year belongs to its last day. */
export const dayOf = ({ year }: Declared): string => `${year}-12-31`;

/** Official and spouse: whose money is one (c.2); affiliates count for the sum of assets only. */
export const couple = ({ sections, household }: Declared): readonly Sections[] => [
  sections,
  ...household.filter(({ relation }) => relation === 'spouse').map((member) => member.sections),
];

/** Who came into a household brings assets that nobody gained: two years of another couple do not compare. */
const spouseOf = ({ household }: Declared): string | undefined =>
  household.find(({ relation }) => relation === 'spouse')?.personId;

export const everybody = ({ sections, household }: Declared): readonly Sections[] => [
  sections,
  ...household.map((member) => member.sections),
];

/** A section of all of them; one who did not declare it makes it missing. */
export function listed<K extends keyof Sections>(
  of: readonly Sections[],
  section: K,
): Listed<NonNullable<Sections[K]>[number]> {
  const lists = of.map((sections) => sections[section] as NonNullable<Sections[K]>[number][] | undefined);
  if (lists.some((list) => list === undefined)) return { missing: [section] };
  return lists.flatMap((list) => list!);
}

export function assetsOf(
  of: readonly Sections[],
): ReadonlyMap<string, Asset> | { readonly missing: readonly string[] } {
  const all = listed(of, 'assets');
  return isMissing(all) ? all : eachOnce(all);
}

/** Assets by id, each once, at what they cost; where two declare it differently, the range holds both. */
function eachOnce(all: readonly Asset[]): ReadonlyMap<string, Asset> {
  const byId = new Map<string, Asset>();
  for (const asset of all) {
    const { low, high, source, acquiredYear, ...rest } = asset;
    const other = byId.get(asset.assetId);
    byId.set(asset.assetId, {
      ...rest,
      low: Math.min(low, other?.low ?? low),
      high: Math.max(high, other?.high ?? high),
      source: other?.source ?? source,
      acquiredYear: Math.max(acquiredYear ?? 0, other?.acquiredYear ?? 0) || undefined,
    });
  }
  return byId;
}

/** A value, and whether the household or a registry told it. */
export interface Told extends Value {
  readonly by: 'household' | 'registry';
}

/** An asset with the figure that it counts with: its value, what it cost, or its balance. */
export interface Counted extends Range {
  readonly assetId: string;
  readonly at: 'value' | 'cost' | 'balance';
  /** Those of the newest day of each who told. */
  readonly values?: readonly Told[];
}

/**
 * Assets of everybody, each once and at its value: the newest that the household and the newest that a registry told of a day up to
 * that of the check; the range holds both, and several of one day, so that nobody values a thing down by their own word. What has none counts at what it cost, which may be less than it
 * is worth: no factor of ours makes a value of it. In the order of their ids, so that the order of entries decides nothing.
 */
export function countedAtValue({ declared, facts }: CaseFile): Listed<Counted> {
  const given = listed(everybody(declared), 'assets');
  if (isMissing(given)) return given;
  const told = new Map<string, Told[]>();
  const tell = (assetId: string, { low, high, day: of, source }: Value, by: Told['by']): void => {
    if (of <= dayOf(declared)) told.set(assetId, [...(told.get(assetId) ?? []), { low, high, day: of, source, by }]);
  };
  for (const { assetId, value } of given) if (value) tell(assetId, value, 'household');
  for (const fact of facts) if (fact.kind === 'asset-value') tell(fact.assetId!, fact as Value, 'registry');
  // Two who disagree whether an id is an account's: then it is not.
  const things = new Set(given.filter((asset) => !isBalance(asset)).map(({ assetId }) => assetId));
  return [...eachOnce(given).values()]
    .sort((a, b) => (a.assetId < b.assetId ? -1 : 1))
    .map((asset) => counted(asset, things.has(asset.assetId) ? told.get(asset.assetId) : 'balance'));
}

function counted({ assetId, low, high }: Asset, told: readonly Told[] | 'balance' = []): Counted {
  if (told === 'balance') return { assetId, at: 'balance', low, high };
  if (told.length === 0) return { assetId, at: 'cost', low, high };
  const newest = [...Map.groupBy(told, ({ by }) => by).values()].flatMap((theirs) => {
    const last = theirs.reduce((a, { day }) => (day > a ? day : a), '');
    return theirs.filter(({ day }) => day === last);
  });
  const byText = new Map(newest.map((one) => [JSON.stringify(one), one]));
  const values = [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  return {
    ...{ assetId, at: 'value', values },
    low: Math.min(...values.map((one) => one.low)),
    high: Math.max(...values.map((one) => one.high)),
  };
}

/** How much an asset adds from one year to the next. What it cost is one number, known or not: unchanged it adds nothing. */
export function growth(before: Asset | undefined, now: Asset | undefined): Range {
  const unchanged = before && now && before.low === now.low && before.high === now.high;
  if (unchanged && !isBalance(now)) return exactly(0);
  return minus(now ?? exactly(0), before ?? exactly(0));
}

export const sum = (entries: readonly { readonly amount: number }[]): number =>
  entries.reduce((all, { amount }) => all + amount, 0);

/** What the gap is made of, in tiyn; each is said in the evidence. */
export interface Gap extends Range {
  readonly netWorth: Range;
  readonly expenses: number;
  readonly incomes: number;
  readonly received: number;
  readonly loansReceived: number;
  readonly loansRepaid: number;
  readonly proven: number;
}

/**
 * What a household gained and spent beyond its lawful means (domain notes c.2): growth of net worth + expenses - income -
 * gifts and inheritance - loans received + loans repaid - what was proven since. A loan that stands among the liabilities of
 * either year is in the net worth already, so that its flows are left out: counted twice it would hide as much as it is worth.
 */
export function gapOf({ declared, before, proven }: CaseFile): Gap | { readonly missing: readonly string[] } {
  if (!before) return { missing: ['declaration-of-the-year-before'] };
  if (spouseOf(declared) !== spouseOf(before)) return { missing: ['same-household-the-year-before'] };
  const [now, then] = [couple(declared), couple(before)];
  const assets = assetsOf(now);
  const assetsThen = assetsOf(then);
  const owed = listed(now, 'liabilities');
  const owedThen = listed(then, 'liabilities');
  const flows = {
    expenses: listed(now, 'expenses'),
    incomes: listed(now, 'incomes'),
    received: listed(now, 'received'),
    loansReceived: listed(now, 'loansReceived'),
    loansRepaid: listed(now, 'loansRepaid'),
  };
  const missing = [assets, owed, ...Object.values(flows)].flatMap((one) => (isMissing(one) ? one.missing : []));
  missing.push(...[assetsThen, owedThen].flatMap((o) => (isMissing(o) ? o.missing.map((s) => `${s}-before`) : [])));
  if (missing.length > 0 || isMissing(assets) || isMissing(assetsThen) || isMissing(owed) || isMissing(owedThen))
    return { missing };
  const ids = new Set([...assets.keys(), ...assetsThen.keys()]);
  const grown = total([...ids].map((id) => growth(assetsThen.get(id), assets.get(id))));
  const netWorth = plus(grown, exactly(debt(owedThen) - debt(owed)));
  const standing = new Set([...owed, ...owedThen].map(({ loanId }) => loanId));
  const entries = (name: keyof typeof flows) => flows[name] as readonly { amount: number; loanId?: string }[];
  const counted = (name: keyof typeof flows): number => {
    const loans = entries(name).flatMap(({ loanId, amount }) => (loanId === undefined ? [] : [{ loanId, amount }]));
    const plain = entries(name).filter(({ loanId }) => loanId === undefined);
    return sum(plain) + debt(loans.filter(({ loanId }) => !standing.has(loanId)));
  };
  const parts = {
    expenses: counted('expenses'),
    incomes: counted('incomes'),
    received: counted('received'),
    loansReceived: counted('loansReceived'),
    loansRepaid: counted('loansRepaid'),
    proven: sum(proven),
  };
  const { expenses, incomes, received, loansReceived, loansRepaid } = parts;
  const rest = expenses + loansRepaid - incomes - received - loansReceived - parts.proven;
  return { ...plus(netWorth, exactly(rest)), netWorth, ...parts };
}

/** A loan that both declare counts once, with the larger of two amounts. */
function debt(owed: readonly { readonly loanId: string; readonly amount: number }[]): number {
  const byId = new Map<string, number>();
  for (const { loanId, amount } of owed) byId.set(loanId, Math.max(amount, byId.get(loanId) ?? 0));
  return [...byId.values()].reduce((a, b) => a + b, 0);
}
