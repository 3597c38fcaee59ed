import type { Kafka } from 'kafkajs';
import type { LogPlace } from './on.js';
import { type Envelope, type EventClass, EnvelopeError, eventOfType, fromHeaders, violations } from '@aiqyn/contracts';
import { type LogRecord, readRecords, spansOf } from './read-records.js';

export interface LoggedEvent {
  readonly envelope: Envelope;
  readonly contract: EventClass;
  readonly data: object;
  readonly place: LogPlace;
}

/**
 * Hands every readable event of the topics to `each`, per partition in order, from the first (or the `last` ones of each
 * partition) up to the end offsets at the time of the call. Uses a group of its own that it removes afterwards.
 */
export async function readLog(
  kafka: Kafka,
  topics: string[],
  group: string,
  each: (event: LoggedEvent) => Promise<void> | void,
  last = Infinity,
): Promise<{ events: number; skipped: number }> {
  const spans = (await spansOf(kafka, topics)).filter(({ from, to }) => to > from);
  const told = { events: 0, skipped: 0 };
  await readRecords(
    kafka,
    spans.map((span) => ({ ...span, from: Math.max(span.from, span.to - last) })),
    group,
    (record) => {
      const event = read(record);
      told[event ? 'events' : 'skipped'] += 1;
      return event && each(event);
    },
  );
  return told;
}

function read({ value, headers, offset, partition }: LogRecord): LoggedEvent | undefined {
  if (value === null) return undefined;
  try {
    const envelope = fromHeaders(headers ?? {});
    const known = eventOfType(envelope.type);
    const data = JSON.parse(value.toString()) as object;
    if (!known || violations(known.contract, data, 'consumer').length > 0) return undefined;
    return { envelope, contract: known.contract, data, place: { partition, offset: Number(offset) } };
  } catch (error) {
    // The live consumer parks these; a rebuild passes them by and counts them.
    if (error instanceof EnvelopeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
