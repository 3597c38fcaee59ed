import {
  declarationOf,
  type EventClass,
  GiftBreachConfirmedV1,
  GiftBreachDismissedV1,
  GiftCorrectedV1,
  GiftDeclaredV1,
  GiftDisposedV1,
  GiftExemptedV1,
  GiftHandedOverV1,
  GiftOverdueV1,
  GiftRefusedV1,
  GiftReturnedV1,
  GiftValuedV1,
} from '@aiqyn/contracts';
import type { GiftState } from '../gift-case/gift-states.rules.js';

/** The columns of the public register, in their order. Whatever an event says besides is not published. */
export const COLUMNS = [
  'state',
  'declaredDay',
  'organisationBin',
  'sector',
  'kind',
  'recipient',
  'giverKind',
  'giverBin',
  'offeredDay',
  'receivedDay',
  'knownDay',
  'handOverBy',
  'overdueDay',
  'handedOverDay',
  'daysLate',
  'exemptDay',
  'estimatedValue',
  'value',
  'valuedDay',
  'disposal',
  'disposedDay',
  'price',
  'breachDay',
  'policy',
] as const;
export type Column = (typeof COLUMNS)[number];
export type Fields = Readonly<Partial<Record<Column, string | number>>>;

interface Published {
  readonly contract: EventClass;
  /** Where the gift then stands in public; where it stood, when left out. */
  readonly state?: GiftState;
  /** Field of the event to column: the allow-list. */
  readonly shows: Readonly<Record<string, Column>>;
}

const offer = { organisationBin: 'organisationBin', sector: 'sector', kind: 'kind' } as const;
const giver = { giverKind: 'giverKind', giverBin: 'giverBin', estimatedValue: 'estimatedValue' } as const;
const term = { receivedDay: 'receivedDay', knownDay: 'knownDay', handOverBy: 'handOverBy', policy: 'policy' } as const;

/** What is published. Not an open claim or inquiry, nor what is decided of a giver: what is not decided accuses nobody. */
export const PUBLISHED: readonly Published[] = [
  {
    contract: GiftRefusedV1,
    state: 'refused',
    shows: { day: 'declaredDay', offeredDay: 'offeredDay', ...offer, ...giver },
  },
  {
    contract: GiftDeclaredV1,
    state: 'declared',
    shows: { day: 'declaredDay', recipient: 'recipient', ...offer, ...giver, ...term },
  },
  { contract: GiftCorrectedV1, shows: { ...offer, ...giver } },
  { contract: GiftExemptedV1, state: 'exempt', shows: { day: 'exemptDay' } },
  { contract: GiftReturnedV1, state: 'returned', shows: { day: 'handedOverDay' } },
  { contract: GiftOverdueV1, state: 'overdue', shows: { day: 'overdueDay' } },
  { contract: GiftHandedOverV1, state: 'handed-over', shows: { day: 'handedOverDay', daysLate: 'daysLate' } },
  { contract: GiftValuedV1, state: 'valued', shows: { day: 'valuedDay', value: 'value' } },
  { contract: GiftDisposedV1, state: 'disposed', shows: { day: 'disposedDay', method: 'disposal', price: 'price' } },
  { contract: GiftBreachConfirmedV1, state: 'breach', shows: { day: 'breachDay' } },
  { contract: GiftBreachDismissedV1, state: 'closed', shows: {} },
];

const BY_TYPE = new Map(PUBLISHED.map((published) => [declarationOf(published.contract).type, published]));

/** One change of an entry. */
export interface Version {
  /** The place of the event among those of its gift. */
  readonly version: number;
  readonly fact: string;
  readonly day: string;
  /** Why it was corrected. */
  readonly reason?: string;
  readonly set: Fields;
}

/** What an event changes in the register; undefined for one that is not published. */
export function versionOf(type: string, sequence: number, data: object): Version | undefined {
  const published = BY_TYPE.get(type);
  if (!published) return undefined;
  const event = data as Readonly<Record<string, string | number | undefined>>;
  const shown = new Map<string, string | number>(published.state ? [['state', published.state]] : []);
  for (const [field, column] of Object.entries(published.shows)) {
    const value = event[field];
    if (value !== undefined) shown.set(column, value);
  }
  // Only an organisation is ever named, whatever an event says.
  if (shown.get('giverKind') !== 'organisation') shown.delete('giverBin');
  const corrects = published.contract === GiftCorrectedV1;
  return {
    ...{ version: sequence, fact: type.split('.')[2]!, day: String(event['day']) },
    ...(corrects ? { reason: String(event['reason']) } : {}),
    set: Object.fromEntries(
      COLUMNS.filter((column) => shown.has(column)).map((column) => [column, shown.get(column)!]),
    ),
  };
}

/** One line of the register as it stands. */
export type Entry = { readonly giftId: string; readonly version: number; readonly corrections: number } & Fields;

/** What the versions of a gift come to, in whatever order they are told and however often. */
export function entryOf(giftId: string, versions: readonly Version[]): Entry {
  const told = [...new Map(versions.map((one) => [one.version, one])).values()].sort((a, b) => a.version - b.version);
  const fields: Partial<Record<Column, string | number>> = {};
  for (const { set } of told) {
    // A giver who turns out to be somebody else takes the earlier number with them.
    if (set.giverKind !== undefined) delete fields.giverBin;
    Object.assign(fields, set);
  }
  const inOrder = COLUMNS.filter((column) => fields[column] !== undefined).map((column) => [column, fields[column]!]);
  return {
    giftId,
    version: told.at(-1)?.version ?? 0,
    corrections: told.filter(({ fact }) => fact === 'corrected').length,
    ...(Object.fromEntries(inOrder) as Fields),
  };
}

/** A field that a spreadsheet would take for a formula begins with an apostrophe. */
const cell = (value: string | number | undefined): string => {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? '');
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const line = (cells: readonly (string | number | undefined)[]): string => `${cells.map(cell).join()}\r\n`;

/** RFC 4180: the line of names, and the line of an entry. */
export const CSV_HEAD = line(['giftId', 'version', 'corrections', ...COLUMNS]);
export const csvLine = (entry: Entry): string =>
  line([entry.giftId, entry.version, entry.corrections, ...COLUMNS.map((column) => entry[column])]);
