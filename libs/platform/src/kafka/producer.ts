import { randomUUID } from 'node:crypto';
import { CompressionTypes, type Kafka, type Producer } from 'kafkajs';
import { toHeaders } from '@aiqyn/contracts';
import { isCompressed, type OutboxEvent, recordTime } from '../outbox/outbox.rules.js';
import { readLog } from './read-log.js';

/** Sends events of the outbox: idempotent, acknowledged by all replicas, compressed when large, one send at a time (order). */
export class EventProducer {
  private producer: Producer | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly source: string,
    private readonly prefix: string,
  ) {}

  /** Resolves when the broker has all of them; throws when it took none or cannot say. */
  async send(events: readonly OutboxEvent[]): Promise<void> {
    if (!this.producer) {
      const producer = this.kafka.producer({
        idempotent: true,
        maxInFlightRequests: 1,
        allowAutoTopicCreation: false,
        retry: { retries: 3 },
      });
      await producer.connect();
      this.producer = producer;
    }
    const topics = Map.groupBy(events, (event) => event.topic);
    await this.producer.sendBatch({
      acks: -1,
      compression: isCompressed(events) ? CompressionTypes.GZIP : CompressionTypes.None,
      topicMessages: [...topics].map(([topic, list]) => ({
        topic: this.prefix + topic,
        messages: list.map((event) => ({
          key: event.key,
          value: event.body,
          // The broker's record time would tell the minute of a citizen's act: it gets the event's own time.
          timestamp: String(recordTime(event.time)),
          headers: toHeaders({
            id: event.id,
            type: event.type,
            source: `/aiqyn/${this.source}`,
            time: event.time,
            subject: event.key,
            sequence: event.sequence,
            ...(event.traceparent ? { traceparent: event.traceparent } : {}),
          }),
        })),
      })),
    });
  }

  /**
   * Ids of the events that stand last in this service's topic, at most `each` per partition. After a crash between
   * sending and deleting, what was under way is among them, since nobody else writes to the topic.
   */
  async lastPublished(each: number): Promise<Set<string>> {
    const ids = new Set<string>();
    await readLog(
      this.kafka,
      [`${this.prefix}${this.source}.events`],
      `${this.prefix}${this.source}.relay-${randomUUID()}`,
      ({ envelope }) => void ids.add(envelope.id),
      each,
    );
    return ids;
  }

  /** Forgets the connection: the next send begins with a new producer id, as after any failed send. */
  async reset(): Promise<void> {
    const producer = this.producer;
    this.producer = undefined;
    await producer?.disconnect().catch(() => undefined);
  }
}
