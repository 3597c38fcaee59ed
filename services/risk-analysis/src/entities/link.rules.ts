import { isDay, isBin, isIin } from '@aiqyn/contracts';
import { isObject, type Json } from '../json.rules.js';

/** Names of FollowTheMoney; each link goes from who has it to what it is in. */
export const ENTITY_TYPES = ['Person', 'Company', 'PublicBody'] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];
export const LINK_KINDS = ['Ownership', 'Directorship', 'Family', 'Associate', 'Occupancy'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** Between equals: which end stands first tells nothing. */
export const isMutual = (kind: string): boolean => kind === 'Family' || kind === 'Associate';

const ANY: readonly EntityType[] = ENTITY_TYPES;
const ORGANISATIONS: readonly EntityType[] = ['Company', 'PublicBody'];
const ENDS: Readonly<Record<LinkKind, readonly [readonly EntityType[], readonly EntityType[]]>> = {
  Ownership: [ANY, ORGANISATIONS],
  Directorship: [ANY, ORGANISATIONS],
  Family: [['Person'], ['Person']],
  Associate: [ANY, ANY],
  Occupancy: [['Person'], ORGANISATIONS],
};

/** A part of a company from 0 to 1, as a range: a register may tell no more than "over a quarter". */
export interface Share {
  readonly low: number;
  readonly high: number;
}

/** One end of a link as a registry tells it; the name of a person is stored only as keyed words. */
export interface Party {
  readonly type: EntityType;
  readonly iin?: string;
  readonly scheme?: string;
  readonly id?: string;
  readonly name?: string;
  /** `YYYY`, `YYYY-MM` or a day. */
  readonly born?: string;
}

export interface LinkLine {
  readonly kind: LinkKind;
  readonly from: Party;
  readonly to: Party;
  /** First and last day; open where left out. */
  readonly since?: string;
  readonly until?: string;
  readonly confidence: number;
  readonly share?: Share;
  readonly role?: string;
}

export interface LineRefusal {
  readonly code: string;
  readonly field: string;
}

const isPart = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;
const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= longest;

/** Whether the text is a day, a month or a year. */
export const isBirth = (text: string): boolean => isDay(text) || /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(text);

class Refused extends Error {
  constructor(
    readonly code: string,
    readonly field: string,
  ) {
    super(code);
  }
}
function need(holds: boolean, code: string, field: string): asserts holds {
  if (!holds) throw new Refused(code, field);
}

function only(value: Json, allowed: readonly string[], field: string): void {
  for (const key of Object.keys(value)) need(allowed.includes(key), 'unknown_field', field === '' ? 'line' : field);
}

function party(value: unknown, field: string): Party {
  need(isObject(value), 'missing_end', field);
  only(value, ['type', 'iin', 'bin', 'scheme', 'id', 'name', 'born'], field);
  const { type, iin, bin, scheme, id, name, born } = value;
  need((ENTITY_TYPES as readonly unknown[]).includes(type), 'unknown_type', `${field}.type`);
  need(name === undefined || isText(name, 400), 'bad_name', `${field}.name`);
  need(
    born === undefined || (type === 'Person' && typeof born === 'string' && isBirth(born)),
    'bad_birth',
    `${field}.born`,
  );
  const said = { type: type as EntityType, ...(name ? { name } : {}), ...(born ? { born: born } : {}) };
  if (iin !== undefined) {
    need(type === 'Person' && typeof iin === 'string' && isIin(iin), 'bad_iin', `${field}.iin`);
    return { ...said, iin };
  }
  if (bin !== undefined) {
    need(type !== 'Person' && typeof bin === 'string' && isBin(bin) && !isIin(bin), 'bad_bin', `${field}.bin`);
    return { ...said, scheme: 'KZ-BIN', id: bin };
  }
  need(typeof scheme === 'string' && /^[A-Z]{2}-[A-Z0-9]{1,20}$/.test(scheme), 'no_identifier', field);
  need(typeof id === 'string' && /^[A-Za-z0-9][A-Za-z0-9./-]{0,59}$/.test(id), 'no_identifier', `${field}.id`);
  // A number of a person comes as one, and is stored as its key.
  need(scheme !== 'KZ-IIN' && !isIin(id), 'bad_iin', `${field}.id`);
  return { ...said, scheme, id };
}

function shareOf(value: unknown): Share {
  if (isPart(value)) return { low: value, high: value };
  need(isObject(value), 'bad_share', 'share');
  only(value, ['low', 'high'], 'share');
  const { low, high } = value;
  need(isPart(low) && isPart(high) && low <= high, 'bad_share', 'share');
  return { low, high };
}

/** Reads one line of what a registry hands in; or says what is wrong with it, and where, never with its words. */
export function readLinkLine(value: unknown): LinkLine | LineRefusal {
  try {
    need(isObject(value), 'not_an_object', 'line');
    only(value, ['kind', 'from', 'to', 'since', 'until', 'confidence', 'share', 'role'], '');
    const { kind, since, until, confidence = 1, share, role } = value;
    need((LINK_KINDS as readonly unknown[]).includes(kind), 'unknown_kind', 'kind');
    const [from, to] = [party(value['from'], 'from'), party(value['to'], 'to')];
    const [first, second] = ENDS[kind as LinkKind];
    need(first.includes(from.type), 'wrong_end', 'from.type');
    need(second.includes(to.type), 'wrong_end', 'to.type');
    for (const [field, day] of [
      ['since', since],
      ['until', until],
    ] as const)
      need(day === undefined || (typeof day === 'string' && isDay(day)), 'not_a_day', field);
    need(
      since === undefined || until === undefined || (since as string) <= (until as string),
      'period_backwards',
      'until',
    );
    need(isPart(confidence), 'bad_confidence', 'confidence');
    need(share === undefined || kind === 'Ownership', 'bad_share', 'share');
    need(
      role === undefined || (typeof role === 'string' && /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/.test(role)),
      'bad_role',
      'role',
    );
    return {
      ...{ kind: kind as LinkKind, from, to, confidence },
      ...(since === undefined ? {} : { since: since as string }),
      ...(until === undefined ? {} : { until: until as string }),
      ...(share === undefined ? {} : { share: shareOf(share) }),
      ...(role === undefined ? {} : { role }),
    };
  } catch (error) {
    if (error instanceof Refused) return { code: error.code, field: error.field };
    throw error;
  }
}

/** Whether a link holds on some day of a period; an open end holds always. */
export const holds = (link: { since?: string | null; until?: string | null }, first: string, last: string): boolean =>
  (!link.since || link.since <= last) && (!link.until || link.until >= first);

/** What is odd in the links to one entity on a day; nothing of it is left out of the store. */
export function issuesOf(
  id: string,
  links: readonly { kind: string; from: string | null; to: string | null; share?: Share | null; indirect?: boolean }[],
): string[] {
  const owners = links.filter((l) => l.kind === 'Ownership' && l.to === id && l.indirect !== true);
  const issues: string[] = [];
  // Voting rights and shares of one owner are two links to one part: the greatest of each owner counts.
  const parts = new Map<string, number>();
  for (const { from, share } of owners) if (from && share) parts.set(from, Math.max(parts.get(from) ?? 0, share.low));
  // A millionth: thirds do not add up to one.
  if ([...parts.values()].reduce((a, b) => a + b, 0) > 1.000001) issues.push('shares-over-100');
  if (links.some((l) => l.from === id && l.to === id)) issues.push('linked-to-itself');
  if (links.some((l) => l.from === null || l.to === null)) issues.push('end-not-known');
  return issues;
}
