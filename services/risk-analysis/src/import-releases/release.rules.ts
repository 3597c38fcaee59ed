import { createHash } from 'node:crypto';
import type { KzRegion, ReleaseOrigin } from '@aiqyn/contracts';
import { purchaseOf } from '../judge-purchase/purchase.rules.js';
import { isObject, list, object, text } from '../json.rules.js';
import { dayOf, type Money, moneyOf } from './money.rules.js';

/** What the indicators need of a release; everything else stays with its publisher. */
export interface Projection {
  readonly ocid: string;
  /** Instant of the version, RFC 3339 in UTC: versions of a process are ordered by it. */
  readonly date: string;
  readonly areaCode: string;
  /** Of who buys; not there where the release does not tell it. */
  readonly region?: KzRegion;
  readonly buyerId?: string;
  readonly status?: string;
  readonly method?: string;
  readonly tenderers?: number;
  /** Hundredths of the currency. */
  readonly amount?: number;
  readonly currency?: string;
  /** The day of the first award, else of the version. */
  readonly day: string;
  /** Who runs the procedure, else who buys. */
  readonly entityId?: string;
  /** What was planned, awarded, contracted and paid, by currency. */
  readonly money: readonly Money[];
  /** Ended: the day, of a process that was completed, cancelled or is unsuccessful. */
  readonly closed?: boolean;
}

export interface Refusal {
  readonly code: 'not_an_object' | 'missing_ocid' | 'unreadable_date';
  /** JSON pointer. */
  readonly path: string;
}

/** What decides in whose area a purchase is. */
export interface Bought {
  readonly scheme: string | undefined;
  readonly itemClass: string | undefined;
  readonly buyer?: string | undefined;
  readonly programme?: string | undefined;
}
export type AreaOf = (bought: Bought) => string;
export type RegionOf = (release: unknown) => KzRegion | undefined;

/** ids and codes travel in events, so what does not fit there is left out instead of being cut. */
const code = (value: unknown): string | undefined => {
  const word = text(value);
  return word && /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/.test(word) ? word : undefined;
};

/** The day of a stamp in UTC, as the instants of versions are. */
const stampDay = (stamp: string): string => new Date(stamp).toISOString().slice(0, 10);

/**
 * Reads an OCDS 1.1 release, tolerant of what is missing; refuses what has no id or no readable date, since then it can
 * be told neither from another process nor from another version.
 */
export function project(
  release: unknown,
  context: { origin: ReleaseOrigin; areaOf: AreaOf; regionOf?: RegionOf },
): Projection | Refusal {
  if (!isObject(release)) return { code: 'not_an_object', path: '' };
  const ocid = text(release['ocid']);
  if (!ocid || !/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}$/.test(ocid)) return { code: 'missing_ocid', path: '/ocid' };
  const stamp = typeof release['date'] === 'string' ? release['date'] : '';
  // A time without an offset names no instant.
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(stamp) || Number.isNaN(Date.parse(stamp))) {
    return { code: 'unreadable_date', path: '/date' };
  }
  const tender = object(release['tender']);
  const item = object(object(list(tender['items'])[0])['classification']);
  const awarded = list(release['awards'])
    .map(object)
    .filter((award) => award['status'] === 'active' || award['status'] === undefined)
    .map((award) => object(award['value']));
  const value = awarded[0] ?? object(tender['value']);
  const amount = value['amount'];
  const cents = typeof amount === 'number' && amount >= 0 ? Math.round(amount * 100) : undefined;
  const tenderers = tender['numberOfTenderers'];
  const optional = {
    region: context.regionOf?.(release),
    buyerId: text(object(release['buyer'])['id']),
    status: code(tender['status']),
    method: code(tender['procurementMethod']),
    tenderers: Number.isSafeInteger(tenderers) && (tenderers as number) >= 0 ? (tenderers as number) : undefined,
    amount: cents !== undefined && Number.isSafeInteger(cents) ? cents : undefined,
    currency: code(value['currency']),
    entityId: text(object(tender['procuringEntity'])['id']) ?? text(object(release['buyer'])['id']),
    closed: ['complete', 'cancelled', 'unsuccessful', 'withdrawn'].includes(String(tender['status'])) || undefined,
  };
  const purchase = purchaseOf(release);
  return {
    ocid,
    date: new Date(stamp).toISOString(),
    areaCode: context.areaOf({
      scheme: text(item['scheme']),
      itemClass: text(item['id']),
      buyer: optional.buyerId,
      programme: text(object(object(object(release['planning'])['budget']))['projectID']),
    }),
    day: dayOf(purchase) ?? stampDay(stamp),
    money: moneyOf(purchase),
    ...(Object.fromEntries(Object.entries(optional).filter(([, v]) => v !== undefined)) as Partial<Projection>),
  };
}

/** Tells a release from another one: the same document again has the same. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

interface Version {
  readonly date: string;
  readonly hash: string;
}

/** Whether a version comes after another one; of one date the greater hash, so that the order of arrival never decides. */
export const isLater = (one: Version, other: Version): boolean =>
  one.date > other.date || (one.date === other.date && one.hash > other.hash);
