import { isObject, type Json } from '../json.rules.js';

/**
 * What the indicators read of a compiled OCDS 1.1 release. `strict` reads as Cardinal 0.0.8 does (ids are text, an unknown
 * shape is passed over in silence); else numbers are taken for ids, and what is not as it should be is named.
 */

export interface Bid {
  readonly status: string | undefined;
  /** Ids of the tenderers; `parties` counts also those without one. */
  readonly tenderers: readonly string[];
  readonly parties: number;
  readonly amount: number | undefined;
  readonly currency: string | undefined;
  readonly date: string | undefined;
  readonly lots: readonly string[];
}

export interface Award {
  readonly status: string | undefined;
  readonly suppliers: readonly string[];
  readonly parties: number;
  /** Class codes of the items. */
  readonly codes: readonly string[];
  readonly lots: readonly string[];
}

/** Something in a release that is not as OCDS says: where, and what. */
export interface Issue {
  readonly path: string;
  readonly problem: 'not-set' | 'not-text' | 'not-a-number' | 'unknown-code' | 'unreadable-date';
}

export interface Facts {
  readonly ocid: string;
  readonly tenderStatus: string | undefined;
  readonly method: string | undefined;
  readonly methodDetails: string | undefined;
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly numberOfTenderers: number | undefined;
  readonly buyer: string | undefined;
  readonly entity: string | undefined;
  /** Undefined where there is no such list; an empty list says that there were none. */
  readonly bids: readonly Bid[] | undefined;
  readonly awards: readonly Award[] | undefined;
  /** Whether any bid or award names a lot. */
  readonly lots: boolean;
  readonly issues: readonly Issue[];
}

const object = (value: unknown): Json | undefined => (isObject(value) ? value : undefined);
const list = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined);
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const finite = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const NONE: readonly never[] = [];

/** Reads one release with the rules of a set; keeps the issues that it meets on the way. */
class Reader {
  issues: readonly Issue[] = NONE;
  /** Whether a lot was named so far. */
  namesLots = false;

  constructor(private readonly strict: boolean) {}

  issue(path: string, problem: Issue['problem']): void {
    if (!this.strict) this.issues = [...this.issues, { path, problem }];
  }

  id(value: unknown, path: string): string | undefined {
    if (typeof value === 'string') return this.strict || value !== '' ? value : undefined;
    return this.number(value, path);
  }

  private number(value: unknown, path: string): string | undefined {
    if (this.strict || typeof value !== 'number' || !Number.isSafeInteger(value)) return undefined;
    this.issue(path, 'not-text');
    return String(value);
  }

  ids(value: unknown, path: string): { ids: readonly string[]; parties: number } {
    const all = list(value);
    if (!all) return { ids: NONE, parties: 0 };
    // Nearly every bid has one.
    const sole = all.length === 1 ? this.id(object(all[0])?.['id'], `${path}/id`) : undefined;
    if (sole !== undefined) return { ids: [sole], parties: 1 };
    const ids: string[] = [];
    for (const one of all) {
      const id = this.id(object(one)?.['id'], `${path}/id`);
      if (id === undefined) this.issue(`${path}/id`, 'not-set');
      else ids.push(id);
    }
    return { ids, parties: all.length };
  }

  lots(value: unknown): readonly string[] {
    const all = this.strict ? undefined : list(value);
    if (!all || all.length === 0) return NONE;
    const lots = all.map((one) => this.id(one, '/relatedLots')).filter((one) => one !== undefined);
    this.namesLots ||= lots.length > 0;
    return lots;
  }

  status(value: unknown, known: ReadonlySet<string>, path: string): string | undefined {
    const status = text(value);
    if (this.strict) return status;
    if (status === undefined || status === '') {
      this.issue(path, 'not-set');
      return undefined;
    }
    if (!known.has(status)) this.issue(path, 'unknown-code');
    return status;
  }

  bid(value: unknown): Bid {
    const bid = object(value) ?? {};
    const price = object(bid['value']);
    const { ids, parties } = this.ids(bid['tenderers'], '/bids/details/tenderers');
    const amount = finite(price?.['amount']);
    if (price?.['amount'] !== undefined && amount === undefined)
      this.issue('/bids/details/value/amount', 'not-a-number');
    return {
      status: this.status(bid['status'], BID_STATUSES, '/bids/details/status'),
      tenderers: ids,
      parties,
      amount,
      currency: text(price?.['currency']),
      date: text(bid['date']),
      lots: this.lots(bid['relatedLots']),
    };
  }

  award(value: unknown): Award {
    const award = object(value) ?? {};
    const { ids, parties } = this.ids(award['suppliers'], '/awards/suppliers');
    const codes: string[] = [];
    for (const item of list(award['items']) ?? NONE) {
      const code = this.id(object(object(item)?.['classification'])?.['id'], '/awards/items/classification/id');
      if (code !== undefined) codes.push(code);
    }
    return {
      status: this.status(award['status'], AWARD_STATUSES, '/awards/status'),
      suppliers: ids,
      parties,
      codes,
      lots: this.lots(award['relatedLots']),
    };
  }

  count(value: unknown): number | undefined {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    if (value !== undefined) this.issue('/tender/numberOfTenderers', 'not-a-number');
    return undefined;
  }
}

export const BID_STATUSES: ReadonlySet<string> = new Set(['invited', 'pending', 'valid', 'disqualified', 'withdrawn']);
export const AWARD_STATUSES: ReadonlySet<string> = new Set(['pending', 'active', 'cancelled', 'unsuccessful']);

/** The facts of a release, or undefined when it has no ocid: then it cannot be told from another process. */
export function factsOf(release: unknown, strict = false): Facts | undefined {
  const root = object(release);
  const ocid = text(root?.['ocid']) ?? (strict ? undefined : numeric(root?.['ocid']));
  if (!root || ocid === undefined || (!strict && ocid === '')) return undefined;
  const reader = new Reader(strict);
  const tender = object(root['tender']);
  const period = object(tender?.['tenderPeriod']);
  const details = list(object(root['bids'])?.['details']);
  const awards = list(root['awards']);
  return {
    ocid,
    tenderStatus: text(tender?.['status']),
    method: text(tender?.['procurementMethod']),
    methodDetails: text(tender?.['procurementMethodDetails']),
    start: text(period?.['startDate']),
    end: text(period?.['endDate']),
    numberOfTenderers: reader.count(tender?.['numberOfTenderers']),
    buyer: reader.id(object(root['buyer'])?.['id'], '/buyer/id'),
    entity: reader.id(object(tender?.['procuringEntity'])?.['id'], '/tender/procuringEntity/id'),
    bids: details?.map((one) => reader.bid(one)),
    awards: awards?.map((one) => reader.award(one)),
    lots: reader.namesLots,
    issues: reader.issues,
  };
}

const numeric = (value: unknown): string | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;

/** Bids that were handed in and not taken back. */
export const isSubmitted = ({ status }: Bid): boolean =>
  status !== undefined && status !== 'invited' && status !== 'withdrawn';

/** Up to so many are compared one by one, which is cheaper than a set of them; a release may have a hundred thousand. */
export const FEW = 16;

/** The same ids, each once. */
export function distinct(ids: readonly string[]): readonly string[] {
  if (ids.length < 2) return ids;
  if (ids.length > FEW) return [...new Set(ids)];
  const once: string[] = [];
  for (const id of ids) if (!once.includes(id)) once.push(id);
  return once;
}

/** Several tenderers of one bid, or suppliers of one award, count as one. */
export const consortium = (ids: readonly string[]): string =>
  ids.length === 1 ? ids[0]! : [...new Set(ids)].sort().join('+');
