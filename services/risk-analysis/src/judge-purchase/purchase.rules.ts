import { type Facts, factsOf } from '../read-release/facts.rules.js';
import { type Moment, momentOf } from '../read-release/instants.rules.js';
import { type Json, object } from '../json.rules.js';

/** An amount as it was published, from zero; ratios of amounts are doubles, sums are of hundredths. */
export interface Price {
  readonly amount: number;
  readonly currency: string;
}

export interface Awarded {
  readonly id: string | undefined;
  readonly status: string | undefined;
  readonly date: Moment | undefined;
  readonly price: Price | undefined;
  readonly lots: readonly string[];
}

export interface Contract {
  readonly awardId: string | undefined;
  readonly status: string | undefined;
  readonly signed: Moment | undefined;
  readonly end: Moment | undefined;
  readonly price: Price | undefined;
  /** What each amendment was about: codes of its rationale, or names of the fields that it changed. */
  readonly amendments: readonly (readonly string[])[];
  /** Payments; undefined where none were published, and for one without a price. */
  readonly paid: readonly (Price | undefined)[] | undefined;
}

/** What the indicators beyond Cardinal's read of one purchase; undefined is "not published", an empty list is "none". */
export interface Purchase {
  readonly facts: Facts;
  readonly published: Moment | undefined;
  readonly category: string | undefined;
  /** As published, also when nothing stands in it. */
  readonly rationale: string | undefined;
  readonly estimate: Price | undefined;
  readonly lots: readonly { readonly id: string | undefined; readonly estimate: Price | undefined }[];
  readonly start: Moment | undefined;
  readonly end: Moment | undefined;
  /** First digits of item classes decide what a purchase is of. */
  readonly classes: readonly string[];
  readonly documents: readonly string[] | undefined;
  readonly answered: readonly boolean[] | undefined;
  readonly awards: readonly Awarded[] | undefined;
  readonly contracts: readonly Contract[] | undefined;
  readonly parties: readonly { readonly id: string; readonly roles: readonly string[] }[] | undefined;
}

const list = (value: unknown): readonly Json[] | undefined => (Array.isArray(value) ? value.map(object) : undefined);
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : typeof value === 'number' ? String(value) : undefined;
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(text).filter((one) => one !== undefined) : [];
const moment = (value: unknown): Moment | undefined => (typeof value === 'string' ? momentOf(value, true) : undefined);

function price(value: unknown): Price | undefined {
  const { amount, currency } = object(value);
  if (typeof amount !== 'number' || !Number.isFinite(amount) || amount < 0) return undefined;
  return typeof currency === 'string' && currency !== '' ? { amount, currency } : undefined;
}

const award = (one: Json): Awarded => ({
  id: text(one['id']),
  status: text(one['status']),
  date: moment(one['date']),
  price: price(one['value']),
  lots: texts(one['relatedLots']),
});

const contract = (one: Json): Contract => ({
  awardId: text(one['awardID']),
  status: text(one['status']),
  signed: moment(one['dateSigned']),
  end: moment(object(one['period'])['endDate']),
  price: price(one['value']),
  amendments: (list(one['amendments']) ?? []).map((amendment) => [
    ...texts(amendment['rationaleTypes']),
    ...(list(amendment['changes']) ?? []).map((change) => text(change['property']) ?? ''),
  ]),
  paid: list(object(one['implementation'])['transactions'])?.map((transaction) => price(transaction['value'])),
});

/** Reads a release, or the part of it that is kept as evidence. */
export function purchaseOf(release: unknown): Purchase {
  const root = object(release);
  const tender = object(root['tender']);
  const period = object(tender['tenderPeriod']);
  const items = list(tender['items']) ?? [];
  return {
    facts: factsOf({ ...root, ocid: 'purchase' })!,
    published: moment(root['date']),
    category: text(tender['mainProcurementCategory']),
    rationale:
      typeof tender['procurementMethodRationale'] === 'string' ? tender['procurementMethodRationale'] : undefined,
    estimate: price(tender['value']),
    lots: (list(tender['lots']) ?? []).map((lot) => ({ id: text(lot['id']), estimate: price(lot['value']) })),
    start: moment(period['startDate']),
    end: moment(period['endDate']),
    classes: items.map((item) => text(object(item['classification'])['id'])).filter((one) => one !== undefined),
    documents: list(tender['documents'])?.map((one) => text(one['documentType']) ?? ''),
    answered: list(tender['enquiries'])?.map((one) => !!text(one['answer']) || !!text(one['dateAnswered'])),
    awards: list(root['awards'])?.map(award),
    contracts: list(root['contracts'])?.map(contract),
    parties: list(root['parties'])?.flatMap((one) => {
      const id = text(one['id']);
      return id === undefined ? [] : [{ id, roles: texts(one['roles']) }];
    }),
  };
}

/** The awards that stand. */
export const activeAwards = ({ awards }: Purchase): readonly Awarded[] =>
  (awards ?? []).filter(({ status }) => status === 'active');

/** The contracts that were not cancelled. */
export const standingContracts = ({ contracts }: Purchase): readonly Contract[] =>
  (contracts ?? []).filter(({ status }) => status !== 'cancelled');
