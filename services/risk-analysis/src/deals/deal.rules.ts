import { almatyDay } from '@aiqyn/contracts';
import { entityId, type PersonOf } from '../entities/entity-id.rules.js';
import { factsOf, isSubmitted } from '../read-release/facts.rules.js';
import { type Json, list, object, text } from '../json.rules.js';

/** What went to whom in one award. */
export interface Awarded {
  readonly to: readonly string[];
  /** Hundredths of the currency. */
  readonly amount: number | null;
  readonly currency: string | null;
}

/** Who dealt with whom in one process, by ids of entities. */
export interface Deal {
  /** Of the award; else the end of the tender; else of the release. */
  readonly day: string;
  readonly areaCode: string;
  readonly buyer: string | null;
  /** The body that ran the tender, where it is not the buyer. */
  readonly runner: string | null;
  /** With a bid that was not taken back. */
  readonly bidders: readonly string[];
  readonly winners: readonly string[];
  readonly awards: readonly Awarded[];
  /** Without a call for bids. */
  readonly direct: boolean;
  /** Class of the first item: its first four digits. */
  readonly itemClass: string | null;
  /** By how much the dearest contract is above its award, as a share of the award; null where none can be compared. */
  readonly rise: number | null;
}

/** Hundredths, where the amount is one that money has. */
function hundredths(value: unknown): number | null {
  const amount = object(value)['amount'];
  const cents = typeof amount === 'number' && amount >= 0 ? Math.round(amount * 100) : NaN;
  return Number.isSafeInteger(cents) ? cents : null;
}

const dayOf = (stamp: unknown): string | undefined => {
  const at = typeof stamp === 'string' ? Date.parse(stamp) : NaN;
  return Number.isNaN(at) ? undefined : almatyDay(new Date(at));
};

/** What a release says of who dealt with whom; undefined of a cancelled tender, or where no day is told. */
export function dealOf(release: unknown, areaCode: string, personOf: PersonOf): Deal | undefined {
  const facts = factsOf(release);
  if (!facts || facts.tenderStatus === 'cancelled') return undefined;
  const root = object(release);
  const entity = idsOf(root, personOf);
  const ids = (refs: readonly string[]): string[] =>
    [...new Set(refs.map(entity).filter((id) => id !== undefined))].sort();
  const raw = list(root['awards']).map(object);
  const active = (facts.awards ?? []).flatMap((award, i) =>
    award.status === 'active' ? [{ award, raw: raw[i]! }] : [],
  );
  const awards = active.map(({ award, raw: { value } }) => {
    return { to: ids(award.suppliers), amount: hundredths(value), currency: text(object(value)['currency']) ?? null };
  });
  const days = active
    .map((one) => dayOf(one.raw['date']))
    .filter((day) => day !== undefined)
    .sort();
  const day = days[0] ?? dayOf(facts.end) ?? dayOf(root['date']);
  if (day === undefined) return undefined;
  const item = object(object(list(object(root['tender'])['items'])[0])['classification']);
  const runner = facts.entity === undefined ? undefined : entity(facts.entity);
  const buyer = facts.buyer === undefined ? undefined : entity(facts.buyer);
  return {
    ...{ day, areaCode, buyer: buyer ?? runner ?? null },
    runner: runner === buyer || buyer === undefined ? null : (runner ?? null),
    bidders: ids((facts.bids ?? []).filter(isSubmitted).flatMap((bid) => bid.tenderers)),
    winners: [...new Set(awards.flatMap((a) => a.to))].sort(),
    ...{ awards, direct: facts.method === 'direct' },
    itemClass: /^\d{4}/.exec(text(item['id']) ?? '')?.[0] ?? null,
    rise: riseOf(
      root,
      active.map((one) => one.raw),
    ),
  };
}

/** A reference is resolved by the identifier of its party: publishers number parties as they like. */
function idsOf(root: Json, personOf: PersonOf): (ref: string) => string | undefined {
  const parties = new Map<string, string | undefined>();
  for (const one of list(root['parties']).map(object)) {
    const ref = text(one['id']);
    const identifier = object(one['identifier']);
    const [scheme, id] = [text(identifier['scheme']), text(identifier['id'])];
    if (ref !== undefined && id !== undefined) parties.set(ref, entityId(scheme, id, personOf));
  }
  // A number that only its publisher gives tells nobody of another one's.
  const publisher = /^ocds-[a-z0-9]+/.exec(text(root['ocid'])!)?.[0] ?? 'ocds';
  const isOwn = (ref: string): boolean => !/^[A-Z]{2,3}-[A-Z0-9]+-/.test(ref) && !/^\d{12}$/.test(ref);
  return (ref) => parties.get(ref) ?? entityId(undefined, isOwn(ref) ? `${publisher}/${ref}` : ref, personOf);
}

function riseOf(root: Json, awards: readonly Json[]): number | null {
  const rises = list(root['contracts'])
    .map(object)
    .flatMap((contract) => {
      const award = awards.find(
        (one) => text(one['id']) !== undefined && text(one['id']) === text(contract['awardID']),
      );
      const [before, now] = [hundredths(award?.['value']), hundredths(contract['value'])];
      const same = object(award?.['value'])['currency'] === object(contract['value'])['currency'];
      return before && now !== null && same && contract['status'] !== 'cancelled' ? [(now - before) / before] : [];
    });
  return rises.length > 0 ? Math.max(...rises) : null;
}
