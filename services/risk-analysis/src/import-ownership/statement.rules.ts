import { addDays, isDay, isIin } from '@aiqyn/contracts';
import { entityId, type PersonOf } from '../entities/entity-id.rules.js';
import type { Known } from '../entities/entity.rules.js';
import { isEntrepreneur } from '../persons/name-words.rules.js';
import { isObject, type Json, list, object } from '../json.rules.js';
import { type EntityType, isBirth, type LinkKind, type Share } from '../entities/link.rules.js';

/** What turns names and numbers of persons, and ids that a source gives, into keyed ones. */
export interface Keys {
  readonly person: PersonOf;
  readonly words: (name: string) => string[];
  readonly born: (day: string) => string;
  /** Of an id that the source gives. */
  readonly record: (id: string) => string;
  /** Of a person by the number of another country. */
  readonly foreign: (scheme: string, id: string) => string;
}

/** One interest of a relationship. */
export interface Interest {
  readonly kind: LinkKind;
  /** Its type in BODS. */
  readonly role: string;
  readonly share: Share | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly indirect: boolean;
}

/** Who is subject, who is interested, and in what; null with a reason where the source names nobody. */
export interface Relation {
  readonly subject: string | null;
  readonly party: string | null;
  readonly reason: string | null;
  readonly interests: readonly Interest[];
}

/** What is kept of a BODS statement: no name, and no id of the source in clear. */
export interface Statement {
  readonly id: string;
  readonly record: string;
  readonly day: string;
  readonly status: 'new' | 'updated' | 'closed';
  readonly entity?: Known & { readonly _id: string };
  readonly relation?: Relation;
}

export interface StatementRefusal {
  readonly code: string;
  /** JSON pointer. */
  readonly path: string;
}

/** Interests of BODS by the kind of link that they are; every other one is control of some kind. */
const KINDS: Readonly<Record<string, LinkKind>> = {
  ...{ shareholding: 'Ownership', votingRights: 'Ownership', beneficiaryOfLegalArrangement: 'Ownership' },
  ...{ rightsToProfitOrIncome: 'Ownership', rightsToSurplusAssetsOnDissolution: 'Ownership' },
  ...{ boardMember: 'Directorship', boardChair: 'Directorship', seniorManagingOfficial: 'Directorship' },
};
const STATUSES: readonly unknown[] = ['new', 'updated', 'closed'];

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 500 ? value : undefined;
/** A word of a code list; anything else may be a sentence with a name in it. */
const code = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(value) ? value : undefined;

class Refused extends Error {
  constructor(
    readonly code: string,
    readonly path: string,
  ) {
    super(code);
  }
}
function need(holds: boolean, reason: string, path: string): asserts holds {
  if (!holds) throw new Refused(reason, path);
}

/** Reads a BODS 0.4 statement of one source; or says what is wrong with it, and where. */
export function readStatement(raw: unknown, source: string, keys: Keys): Statement | StatementRefusal {
  try {
    need(isObject(raw), 'not_an_object', '');
    const { statementId, recordId, recordType, recordStatus, statementDate, declarationSubject } = raw;
    need(text(statementId) !== undefined, 'missing_statement_id', '/statementId');
    need(text(recordId) !== undefined, 'missing_record_id', '/recordId');
    need(text(declarationSubject) !== undefined, 'missing_subject', '/declarationSubject');
    need(STATUSES.includes(recordStatus), 'unknown_status', '/recordStatus');
    const day = dayOf(statementDate) ?? dayOf(object(raw['publicationDetails'])['publicationDate']);
    need(day !== undefined, 'not_a_day', '/statementDate');
    const details = raw['recordDetails'];
    need(isObject(details), 'missing_details', '/recordDetails');
    const common = {
      ...{ id: keys.record(statementId as string), record: keys.record(recordId as string), day },
      status: recordStatus as Statement['status'],
    };
    if (recordType === 'relationship') return { ...common, relation: relationOf(details, keys) };
    need(recordType === 'entity' || recordType === 'person', 'unknown_record_type', '/recordType');
    const read = recordType === 'entity' ? organisationOf : personOf;
    return { ...common, entity: read(details, source, common.record, keys) };
  } catch (error) {
    if (error instanceof Refused) return { code: error.code, path: error.path };
    throw error;
  }
}

/** A day, also of a date with a time. */
const dayOf = (value: unknown): string | undefined => {
  const day = typeof value === 'string' ? value.slice(0, 10) : '';
  return isDay(day) ? day : undefined;
};

function identifiersOf(details: Json): { scheme: string; id: string }[] {
  return list(details['identifiers'])
    .map(object)
    .flatMap(({ scheme, id }) => {
      const [s, i] = [text(scheme), text(id)];
      return s && i ? [{ scheme: s, id: i }] : [];
    })
    .sort((a, b) => (`${a.scheme} ${a.id}` < `${b.scheme} ${b.id}` ? -1 : 1));
}

function organisationOf(details: Json, source: string, record: string, keys: Keys): Statement['entity'] {
  const kind = code(object(details['entityType'])['type']);
  need(kind !== undefined, 'unknown_entity_type', '/recordDetails/entityType/type');
  const ids = identifiersOf(details);
  // A number of the country before one of a publisher.
  const own = ids.find(({ scheme }) => scheme === 'KZ-BIN') ?? ids.find(({ scheme }) => /^[A-Z]{2}-/.test(scheme));
  const id = own && entityId(own.scheme, own.id, keys.person);
  const names = [details['name'], ...list(details['alternateNames'])].map(text).filter((n) => n !== undefined);
  const isBody = kind === 'state' || kind === 'stateBody';
  // An individual entrepreneur, whose firm has the name of a person.
  const isPerson = own !== undefined && isIin(own.id);
  return {
    _id: id ?? `record-${record}`,
    type: (isPerson ? 'Person' : isBody ? 'PublicBody' : 'Company') satisfies EntityType,
    names: isPerson ? [] : names.filter((name) => !isEntrepreneur(name)),
    words: names.map((name) => keys.words(name).join(' ')).filter((words) => words !== ''),
    born: [],
    sources: [source],
    unspecified:
      kind === 'anonymousEntity' || kind === 'unknownEntity' ? reasonOf(details['unspecifiedEntityDetails']) : null,
  };
}

function personOf(details: Json, source: string, record: string, keys: Keys): Statement['entity'] {
  const kind = code(details['personType']);
  need(kind !== undefined, 'unknown_person_type', '/recordDetails/personType');
  const known = kind === 'knownPerson';
  const ids = known ? identifiersOf(details) : [];
  const iin = ids.find(({ scheme, id }) => scheme === 'KZ-IIN' && isIin(id));
  const other = ids.find(({ scheme }) => scheme !== 'KZ-IIN' && /^[A-Z]{2,3}-/.test(scheme));
  const id = iin ? keys.person(iin.id) : other && keys.foreign(other.scheme, other.id);
  const { birthDate } = details;
  need(
    birthDate === undefined || (typeof birthDate === 'string' && isBirth(birthDate)),
    'bad_birth',
    '/recordDetails/birthDate',
  );
  return {
    _id: id ?? record,
    type: 'Person',
    names: [],
    words: known ? wordsOf(details, keys) : [],
    born: known && birthDate ? [keys.born(birthDate)] : [],
    sources: [source],
    unspecified: known ? null : reasonOf(details['unspecifiedPersonDetails']),
  };
}

const wordsOf = (details: Json, keys: Keys): string[] =>
  list(details['names'])
    .map(object)
    .map(
      (n) => text(n['fullName']) ?? [n['givenName'], n['patronymicName'], n['familyName']].map(text).join(' ').trim(),
    )
    .map((name) => keys.words(name).join(' '))
    .filter((words) => words !== '');

const reasonOf = (value: unknown): string => code(object(value)['reason']) ?? 'unknown';

function relationOf(details: Json, keys: Keys): Relation {
  const end = (value: unknown, path: string): { id: string | null; reason: string | null } => {
    if (isObject(value)) return { id: null, reason: reasonOf(value) };
    const id = text(value);
    need(id !== undefined, 'missing_end', path);
    return { id: keys.record(id), reason: null };
  };
  const subject = end(details['subject'], '/recordDetails/subject');
  const party = end(details['interestedParty'], '/recordDetails/interestedParty');
  const made = list(details['componentRecords']).length > 0;
  const told = list(details['interests']).map((one, i) => interestOf(one, i, made));
  // A party that nobody names is a fact as well, also where no interest is told.
  const reason = subject.reason ?? party.reason;
  const none: Interest = {
    kind: 'Ownership',
    role: 'unknownInterest',
    share: null,
    since: null,
    until: null,
    indirect: false,
  };
  return { subject: subject.id, party: party.id, reason, interests: told.length === 0 ? [none] : told };
}

function interestOf(value: unknown, i: number, made: boolean): Interest {
  const path = `/recordDetails/interests/${i}`;
  need(isObject(value), 'not_an_object', path);
  const role = code(value['type']) ?? 'unknownInterest';
  const { startDate, endDate } = value;
  const [since, until] = [dayOf(startDate), dayOf(endDate)];
  need(startDate === undefined || since !== undefined, 'not_a_day', `${path}/startDate`);
  need(endDate === undefined || until !== undefined, 'not_a_day', `${path}/endDate`);
  need(since === undefined || until === undefined || since <= until, 'period_backwards', `${path}/endDate`);
  return {
    ...{ kind: KINDS[role] ?? 'Associate', role, share: shareOf(value['share'], `${path}/share`) },
    ...{ since: since ?? null, until: until ?? null, indirect: made },
  };
}

/** Percent as parts of one; a bound that is left out is the end of the scale. */
function shareOf(value: unknown, path: string): Share | null {
  if (value === undefined) return null;
  need(isObject(value), 'bad_share', path);
  const part = (one: unknown): number | undefined => {
    need(one === undefined || (typeof one === 'number' && one >= 0 && one <= 100), 'bad_share', path);
    return one === undefined ? undefined : one / 100;
  };
  const exact = part(value['exact']);
  const low = exact ?? part(value['minimum']) ?? part(value['exclusiveMinimum']) ?? 0;
  const high = exact ?? part(value['maximum']) ?? part(value['exclusiveMaximum']) ?? 1;
  need(low <= high, 'bad_share', path);
  return { low, high };
}

/** The order of the statements of a record, whatever the order in which they come. */
const RANK = { new: 0, updated: 1, closed: 2 } as const;
export const inOrder = (statements: readonly Statement[]): Statement[] =>
  [...statements].sort((a, b) =>
    a.day !== b.day ? (a.day < b.day ? -1 : 1) : RANK[a.status] - RANK[b.status] || (a.id < b.id ? -1 : 1),
  );

/** Each statement once; of two that call themselves by one id, one, the same whichever comes first. */
export function added(before: readonly Statement[], now: readonly Statement[]): Statement[] {
  const all = new Map<string, Statement>();
  for (const one of [...before, ...now]) {
    const other = all.get(one.id);
    if (!other || JSON.stringify(one) < JSON.stringify(other)) all.set(one.id, one);
  }
  return inOrder([...all.values()]);
}

/** A link as the statements of one record make it, before its ends are looked up. */
export interface Held extends Interest {
  readonly subject: string | null;
  readonly party: string | null;
  readonly reason: string | null;
  /** Tells the links of a record apart. */
  readonly name: string;
}

interface Open extends Held {
  /** Begun when another one was changed: it cannot have held before. */
  readonly split: boolean;
}

/**
 * The links that all statements of a record tell together: an interest that changes ends, and begins anew with what it is since; one
 * that is told no more, or whose record is closed, ends on that day and keeps its period.
 */
export function linksOf(statements: readonly Statement[]): Held[] {
  const done: Open[] = [];
  let open = new Map<string, Open>();
  const end = (one: Open, last: string): void => {
    // What was said to begin only later, and is taken back before, never was.
    if (one.since !== null && one.since > last) return;
    done.push({ ...one, until: one.until !== null && one.until < last ? one.until : last });
  };
  for (const { id, day, status, relation } of inOrder(statements)) {
    if (!relation) continue;
    const next = new Map<string, Open>();
    const { subject, party, reason } = relation;
    for (const interest of relation.interests) {
      const nth = [...next.keys()].filter((key) => key.startsWith(`${interest.role} `)).length;
      const key = `${interest.role} ${nth}`;
      const before = open.get(key);
      open.delete(key);
      const said = { ...interest, subject, party, reason };
      if (before && isSameHold(before, said)) {
        const since = before.split ? before.since : interest.since;
        next.set(key, { ...said, since, name: before.name, split: before.split });
      } else {
        if (before) end(before, addDays(day, -1));
        next.set(key, {
          ...said,
          since: before ? day : interest.since,
          name: `${key} ${id}`,
          split: before !== undefined,
        });
      }
    }
    for (const one of open.values()) end(one, addDays(day, -1));
    open = next;
    if (status === 'closed') {
      for (const one of open.values()) end(one, day);
      open = new Map();
    }
  }
  const all = [...done, ...open.values()].filter((l) => l.since === null || l.until === null || l.since <= l.until);
  return all.map(({ split: _, ...link }) => link);
}

/** Since when a part is held may be corrected; how much, and by whom, is another holding. */
const isSameHold = (a: Omit<Held, 'name'>, b: Omit<Held, 'name'>): boolean =>
  a.share?.low === b.share?.low &&
  a.share?.high === b.share?.high &&
  a.subject === b.subject &&
  a.party === b.party &&
  a.indirect === b.indirect;
