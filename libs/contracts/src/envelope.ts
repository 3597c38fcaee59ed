import { declarationOf } from './event.js';

/** The CloudEvents 1.0 attributes that every event carries (Kafka binding, binary mode: `ce_*` headers). */
export interface Envelope {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  /** RFC 3339; the beginning of the day in Almaty for a citizen's act. */
  readonly time: string;
  /** The aggregate's id, equal to the Kafka key. */
  readonly subject: string;
  /** Counts the events of one aggregate from 1 without a gap. */
  readonly sequence: number;
  readonly traceparent?: string;
}

/** What tells an event from all others, of any service: `<service>/<event id>`. */
export const eventKey = ({ source, id }: Pick<Envelope, 'source' | 'id'>): string =>
  `${source.split('/').at(-1)}/${id}`;

export type EnvelopeProblem = 'not_a_cloudevent' | 'unsupported_specversion' | 'missing_attribute';

/** A message that is no event of ours; `attribute` names the header at fault. */
export class EnvelopeError extends Error {
  constructor(
    readonly code: EnvelopeProblem,
    readonly attribute: string,
  ) {
    super(`${code}: ${attribute}`);
  }
}

/** The headers of a message. */
export function toHeaders(envelope: Envelope): Record<string, string> {
  return {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: envelope.id,
    ce_type: envelope.type,
    ce_source: envelope.source,
    ce_time: envelope.time,
    ce_subject: envelope.subject,
    ce_sequence: String(envelope.sequence),
    ...(envelope.traceparent ? { traceparent: envelope.traceparent } : {}),
  };
}

type RawHeaders = Record<string, Uint8Array | string | (Uint8Array | string)[] | undefined>;

const decoder = new TextDecoder();

function text(headers: RawHeaders, name: string): string | undefined {
  const value = headers[name];
  // A repeated header is ambiguous; the first one is what the CloudEvents binding reads.
  const one = Array.isArray(value) ? value[0] : value;
  return one === undefined ? undefined : typeof one === 'string' ? one : decoder.decode(one);
}

/** Reads the envelope from raw headers; throws EnvelopeError naming the header that is missing or wrong. */
export function fromHeaders(headers: RawHeaders): Envelope {
  const need = (name: string): string => {
    const value = text(headers, name);
    if (!value) throw new EnvelopeError('missing_attribute', name);
    return value;
  };
  const version = text(headers, 'ce_specversion');
  if (!version) throw new EnvelopeError('not_a_cloudevent', 'ce_specversion');
  if (version !== '1.0') throw new EnvelopeError('unsupported_specversion', 'ce_specversion');
  const sequence = Number(need('ce_sequence'));
  if (!Number.isSafeInteger(sequence) || sequence < 1) throw new EnvelopeError('missing_attribute', 'ce_sequence');
  const traceparent = text(headers, 'traceparent');
  return {
    id: need('ce_id'),
    type: need('ce_type'),
    source: need('ce_source'),
    time: need('ce_time'),
    subject: need('ce_subject'),
    sequence,
    ...(traceparent ? { traceparent } : {}),
  };
}

/** The aggregate id that an event is about; throws when the declared key field is missing. */
export function keyOf(event: object): string {
  const { key, type } = declarationOf(event.constructor);
  const value = (event as Record<string, unknown>)[key];
  if (typeof value !== 'string' || value === '') throw new Error(`${type}: the key field ${key} is missing`);
  return value;
}
