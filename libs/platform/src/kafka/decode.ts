import { type Envelope, EnvelopeError, type EventClass, eventOfType, fromHeaders, violations } from '@aiqyn/contracts';
import type { ParkReason, RawEvent } from '../inbox/parked.js';

/** A record as the broker keeps it. */
export interface RawMessage {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: Record<string, Buffer | string | (Buffer | string)[] | undefined>;
  readonly offset: string;
}

/** An event that holds its contract. */
export interface Delivery {
  readonly raw: RawEvent;
  readonly envelope: Envelope;
  readonly contract: EventClass;
  readonly data: object;
}

/** A message that is no event of ours, or breaks its contract. */
export interface Invalid {
  readonly raw: RawEvent;
  readonly invalid: ParkReason;
  readonly details: string[];
}

export type Decoded = Delivery | Invalid | 'ignored' | 'tombstone';

/** Reads a message against its contract; nothing of it is trusted before. `handled` has the types that somebody acts on. */
export function decode(
  topic: string,
  partition: number,
  message: RawMessage,
  handled: { has(type: string): boolean },
): Decoded {
  if (message.value === null) return 'tombstone';
  const raw: RawEvent = {
    topic,
    partition,
    offset: message.offset,
    key: message.key?.toString() ?? '',
    // Only looked at when the event is parked.
    get headers() {
      return Object.fromEntries(
        Object.entries(message.headers ?? {}).map(([k, v]) => [k, String(Array.isArray(v) ? v[0] : v)]),
      );
    },
    value: message.value,
  };
  let envelope: Envelope;
  try {
    envelope = fromHeaders(message.headers ?? {});
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error;
    return { raw, invalid: error.code, details: [error.attribute] };
  }
  const known = eventOfType(envelope.type);
  if (!known || !handled.has(envelope.type)) return 'ignored';
  let data: unknown;
  try {
    data = JSON.parse(message.value.toString());
  } catch {
    return { raw, invalid: 'not_json', details: [] };
  }
  const broken = violations(known.contract, data, 'consumer');
  if (broken.length > 0) return { raw, invalid: 'schema_violation', details: broken };
  return { raw, envelope, contract: known.contract, data: data as object };
}

/** Event ids are unique per source only (CloudEvents 1.0). */
export const inboxId = (envelope: Envelope): string => `${envelope.source} ${envelope.id}`;
