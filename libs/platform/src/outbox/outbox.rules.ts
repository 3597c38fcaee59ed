import { dayStartUtc } from '@aiqyn/contracts';

/** An event as it waits to be sent. */
export interface OutboxEvent {
  /** `<key>#<sequence>`, unique within the service. */
  readonly id: string;
  readonly key: string;
  /** Counts the events of one key from 1 without a gap. */
  readonly sequence: number;
  readonly type: string;
  readonly topic: string;
  readonly time: string;
  readonly traceparent?: string;
  readonly body: string;
}

/**
 * The events of one commit: what is written together is read, sent and deleted together. Until then they lie in the journal, beside
 * audit entries, which stay.
 */
export interface OutboxRow {
  readonly _id: string;
  /** When its pod wrote it, for the age that an operator watches; gone with the row. */
  readonly at: Date;
  readonly events: readonly OutboxEvent[];
}

/** What makes a row of the journal one that waits to be sent; said in each query, as the indexes of the outbox have these rows only. */
export const UNSENT = { events: { $exists: true } } as const;

/** Events in one row at most: far below the 16 MiB of a document. */
export const ROW_LIMIT = 256;

/** The rows of a commit's events; `newId` names each. */
export function rowsOf(events: readonly OutboxEvent[], at: Date, newId: () => string): OutboxRow[] {
  const rows: OutboxRow[] = [];
  for (let i = 0; i < events.length; i += ROW_LIMIT) {
    rows.push({ _id: newId(), at, events: events.slice(i, i + ROW_LIMIT) });
  }
  return rows;
}

/** The first rows that together have at least `events` events, or all. */
export function upTo<R extends OutboxRow>(rows: readonly R[], events: number): readonly R[] {
  let sum = 0;
  const end = rows.findIndex((row) => (sum += row.events.length) >= events);
  return end < 0 ? rows : rows.slice(0, end + 1);
}

/** Events of one send above which the next one waits longer: some 1,600 events a second. */
const MANY = 32;

/**
 * Milliseconds to wait for more rows after a send of so many events, when a quiet relay waits `linger`. What a send costs is shared
 * by its events: under load longer waits make fewer, larger sends; a lone report does not wait for them.
 */
export const lingerAfter = (sent: number, linger: number): number => (sent > MANY ? 3 * linger : linger);

/** Characters of bodies, and events, up to which a send goes as it is: with headers at most about half of the 1 MiB that a broker takes. */
export const PLAIN_CHARACTERS = 128 * 1_024;
export const PLAIN_EVENTS = 256;

/**
 * Whether a send is so large that it is compressed. A small one is not: gzip was 60 of the 410 µs that a report cost its service, to
 * save some kilobytes.
 */
export const isCompressed = (events: readonly OutboxEvent[]): boolean =>
  events.length > PLAIN_EVENTS || events.reduce((sum, { body }) => sum + body.length, 0) > PLAIN_CHARACTERS;

/** All events of the rows: per key by sequence, keys in the order of their first event. */
export function inOrder(rows: readonly OutboxRow[]): OutboxEvent[] {
  const byKey = new Map<string, OutboxEvent[]>();
  for (const event of rows.flatMap((r) => r.events)) {
    const list = byKey.get(event.key);
    if (list) list.push(event);
    else byKey.set(event.key, [event]);
  }
  return [...byKey.values()].flatMap((list) => list.sort((a, b) => a.sequence - b.sequence));
}

/** The events of a row that do not stand in the topic already. */
export const without = ({ events }: OutboxRow, published: ReadonlySet<string>): readonly OutboxEvent[] =>
  events.filter((event) => !published.has(event.id));

/**
 * The record time (milliseconds) of an event that has this time. Of a day it is the instant at which that day begins in Almaty: its
 * midnight in UTC is up to five hours ahead then, and a broker refuses what is more than an hour ahead.
 */
export const recordTime = (time: string): number =>
  time.endsWith('T00:00:00Z') ? dayStartUtc(time.slice(0, 10)).getTime() : Date.parse(time);
