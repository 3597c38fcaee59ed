import { isIin, RuleError } from '@aiqyn/contracts';

/** Balances change from year to year; any other asset stands at what it cost, which does not. */
export const BALANCES = ['cash', 'deposit', 'foreign-account'] as const;
export const ASSET_KINDS = [
  'real-estate',
  'vehicle',
  'securities',
  'share-in-company',
  'crypto',
  'other',
  ...BALANCES,
] as const;
export type AssetKind = (typeof ASSET_KINDS)[number];

export const INCOME_KINDS = ['salary', 'business', 'interest', 'rent', 'pension', 'sale', 'abroad', 'other'] as const;
export const EXPENSE_KINDS = ['living', 'education', 'health', 'travel', 'purchase', 'tax', 'other'] as const;
export const RECEIVED_KINDS = ['gift', 'inheritance'] as const;
export const DISPOSAL_KINDS = ['sale', 'gift', 'exchange', 'loss'] as const;
/** Where the money for an asset came from. */
export const MONEY_SOURCES = ['income', 'savings', 'gift', 'inheritance', 'sale', 'loan', 'other'] as const;

/** Who or what says how much an asset is worth: an appraiser, a state register, a price index, an exchange, a company's books. */
export const VALUE_SOURCES = ['appraisal', 'register', 'index', 'quotation', 'books'] as const;

/** What an asset was worth on a day, exactly where `low` is `high`; what it cost is another figure, and stays. */
export interface Value {
  readonly low: number;
  readonly high: number;
  readonly day: string;
  readonly source: string;
}

/** Amounts are integers of tiyn; persons are keyed ids. */
export interface Asset {
  readonly assetId: string;
  readonly kind: AssetKind;
  /** What it cost, or the balance; a range where that is not known exactly. */
  readonly low: number;
  readonly high: number;
  readonly acquiredYear?: number | undefined;
  readonly source?: string | undefined;
  readonly value?: Value | undefined;
}

export const isBalance = ({ kind }: Pick<Asset, 'kind'>): boolean => (BALANCES as readonly string[]).includes(kind);

export interface Loan {
  /** The id of the liability, where one stands. */
  readonly loanId: string;
  readonly amount: number;
  readonly lender?: string | undefined;
}

/** A thing that is used and belongs to somebody else, a person or a company by its id. */
export interface Used {
  readonly assetId: string;
  readonly kind: AssetKind;
  readonly owner: string;
}

/** What one person declares. A section that is missing was not declared; an empty one says that there is nothing. */
export interface Sections {
  readonly assets?: readonly Asset[] | undefined;
  readonly liabilities?: readonly { readonly loanId: string; readonly amount: number }[] | undefined;
  /** Net of tax. */
  readonly incomes?:
    readonly { readonly kind: string; readonly amount: number; readonly assetId?: string | undefined }[] | undefined;
  readonly expenses?: readonly { readonly kind: string; readonly amount: number }[] | undefined;
  /** Gifts and inheritances. */
  readonly received?: readonly { readonly kind: string; readonly amount: number }[] | undefined;
  readonly loansReceived?: readonly Loan[] | undefined;
  readonly loansRepaid?: readonly Loan[] | undefined;
  readonly disposals?: readonly { readonly assetId: string; readonly kind: string }[] | undefined;
  readonly used?: readonly Used[] | undefined;
}
export const SECTIONS = [
  'assets',
  'liabilities',
  'incomes',
  'expenses',
  'received',
  'loansReceived',
  'loansRepaid',
  'disposals',
  'used',
] as const satisfies (keyof Sections)[];

export const RELATIONS = ['spouse', 'affiliate'] as const;
export type Relation = (typeof RELATIONS)[number];

export interface Member {
  readonly personId: string;
  readonly relation: Relation;
  readonly sections: Sections;
}

/** A declaration of an official for a calendar year. */
export interface Declared {
  readonly personId: string;
  readonly year: number;
  readonly version: number;
  readonly currency: string;
  readonly bodyBin: string;
  readonly areaCode: string;
  readonly region: string;
  readonly sections: Sections;
  /** A spouse (one) and affiliates; empty says that there are none. */
  readonly household: readonly Member[];
}

/** A trillion tenge, one entry; and the sum of a declaration: two years and an explanation stay below 2^53 tiyn. */
export const MAX_AMOUNT = 100_000_000_000_000;
export const MAX_SUM = 2_000_000_000_000_000;

const refuse = (code: string, message: string, field: string): never => {
  throw new RuleError(code, message, { field });
};

/** Identification numbers name a person; a registry may write one where an id of a thing belongs. */
const hasIin = (id: string): boolean => {
  for (let at = 0; at + 12 <= id.length; at += 1) if (isIin(id.slice(at, at + 12))) return true;
  return false;
};

function admitIds(entries: readonly { readonly id: string }[], field: string): void {
  const seen = new Set<string>();
  entries.forEach(({ id }, i) => {
    if (hasIin(id)) refuse('names_a_person', 'an id of a thing holds no identification number', `${field}.${i}`);
    if (seen.has(id)) refuse('same_id_twice', 'each id stands once in a section', `${field}.${i}`);
    seen.add(id);
  });
}

/** Throws RuleError `bad_range` or `day_to_come`, naming the field. */
export function admitValue({ low, high, day }: Omit<Value, 'source'>, at: string, today: string): void {
  if (low > high) refuse('bad_range', 'low is not above high', `${at}.low`);
  if (day > today) refuse('day_to_come', 'a value is told of a day that has come', `${at}.day`);
}

function admitSections(sections: Sections, at: string, own: ReadonlySet<string>, today: string): number {
  let sum = 0;
  sections.assets?.forEach(({ kind, low, high, value }, i) => {
    if (low > high) refuse('bad_range', 'low is not above high', `${at}assets.${i}.low`);
    if (value && isBalance({ kind }))
      refuse('balance_is_its_value', 'cash and accounts are worth their balance', `${at}assets.${i}.value`);
    if (value) admitValue(value, `${at}assets.${i}.value`, today);
    sum += Math.max(high, value?.high ?? 0);
  });
  for (const section of ['liabilities', 'incomes', 'expenses', 'received', 'loansReceived', 'loansRepaid'] as const)
    for (const { amount } of sections[section] ?? []) sum += amount;
  for (const section of ['loansReceived', 'loansRepaid'] as const)
    sections[section]?.forEach(({ lender }, i) => {
      if (lender && own.has(lender))
        refuse('refers_to_itself', 'a household lends itself nothing', `${at}${section}.${i}.lenderIin`);
    });
  sections.used?.forEach(({ kind, owner }, i) => {
    if (isBalance({ kind })) refuse('not_to_be_used', 'cash and accounts are not used', `${at}used.${i}.kind`);
    if (own.has(owner)) refuse('refers_to_itself', 'what a household owns is an asset', `${at}used.${i}.ownerIin`);
  });
  for (const section of ['assets', 'disposals', 'used'] as const)
    admitIds(sections[section]?.map(({ assetId: id }) => ({ id })) ?? [], `${at}${section}`);
  for (const section of ['liabilities', 'loansReceived', 'loansRepaid'] as const)
    admitIds(sections[section]?.map(({ loanId: id }) => ({ id })) ?? [], `${at}${section}`);
  sections.incomes?.forEach(({ assetId }, i) => {
    if (assetId && hasIin(assetId)) admitIds([{ id: assetId }], `${at}incomes.${i}`);
  });
  return sum;
}

/**
 * Whether the declaration may be taken; throws RuleError `unsupported_currency`, `year_to_come`, `refers_to_itself`,
 * `same_person_twice`, `one_spouse`, `same_id_twice`, `names_a_person`, `bad_range`, `day_to_come`, `balance_is_its_value`,
 * `not_to_be_used` or `sum_too_large`, naming the field.
 * @param today the day in Almaty
 */
export function admit(declared: Declared, today: string): void {
  if (declared.currency !== 'KZT')
    refuse(
      'unsupported_currency',
      'amounts are in KZT: the law counts in tenge, and a rate of our choice would decide whether something adds up',
      'currency',
    );
  if (declared.year > Number(today.slice(0, 4))) refuse('year_to_come', 'a year is declared once it has begun', 'year');
  const persons = new Set([declared.personId]);
  declared.household.forEach(({ personId }, i) => {
    if (personId === declared.personId)
      refuse('refers_to_itself', 'an official is not a member of their own household', `household.${i}.iin`);
    if (persons.has(personId)) refuse('same_person_twice', 'each person stands once', `household.${i}.iin`);
    persons.add(personId);
  });
  if (declared.household.filter(({ relation }) => relation === 'spouse').length > 1)
    refuse('one_spouse', 'at most one spouse', 'household');
  const couple = declared.household.filter(({ relation }) => relation === 'spouse').map(({ personId }) => personId);
  let sum = admitSections(declared.sections, 'sections.', new Set([declared.personId, ...couple]), today);
  declared.household.forEach(({ sections, personId, relation }, i) => {
    const own = relation === 'spouse' ? [declared.personId, personId] : [personId];
    sum += admitSections(sections, `household.${i}.sections.`, new Set(own), today);
  });
  if (sum > MAX_SUM) refuse('sum_too_large', 'all amounts together are at most 20 trillion tenge', 'sections');
}

/** What becomes of a version that arrives: `known` when it is there; `superseded` is kept and changes nothing. */
export function arrival(
  version: number,
  hash: string,
  kept: readonly { readonly version: number; readonly hash: string }[],
): 'current' | 'superseded' | 'known' {
  const same = kept.find((one) => one.version === version);
  if (same && same.hash !== hash)
    refuse('version_taken', 'this version was handed in with another content: give the next number', 'version');
  if (same) return 'known';
  return kept.some((one) => one.version > version) ? 'superseded' : 'current';
}
