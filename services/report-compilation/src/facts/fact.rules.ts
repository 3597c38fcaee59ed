import { type Envelope, eventKey } from '@aiqyn/contracts';

export interface FactRow {
  readonly _id: string;
  readonly type: string;
  readonly day: string;
  readonly key: string;
  readonly sequence: number;
  readonly data: Record<string, unknown>;
  /** Where the log of its service holds it: an edition counts what stands before the offsets that it sealed. */
  readonly partition: number;
  readonly offset: number;
}

/** The fact of an event; the same event always gives the same fact, live or from a rebuild. */
export function factOf(
  envelope: Envelope,
  data: object,
  { partition, offset }: { readonly partition: number; readonly offset: number },
): FactRow {
  const fields = Object.fromEntries(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)));
  const day = (fields as { day?: unknown }).day;
  return {
    _id: eventKey(envelope),
    type: envelope.type,
    day: typeof day === 'string' ? day : envelope.time.slice(0, 10),
    key: envelope.subject,
    sequence: envelope.sequence,
    data: fields,
    partition,
    offset,
  };
}
