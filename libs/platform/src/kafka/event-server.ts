import { setTimeout as wait } from 'node:timers/promises';
import { lastValueFrom } from 'rxjs';
import { ServerKafka } from '@nestjs/microservices';
import type { Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import { almatyDay, eventOfType, RuleError } from '@aiqyn/contracts';
import type { Parked, ParkReason, RawEvent } from '../inbox/parked.js';
import { COLLECTIONS } from '../mongo/collections.js';
import { GroupCommit } from '../mongo/group-commit.js';
import { isDuplicate, type PendingTx } from '../mongo/pending-tx.js';
import type { Transactions } from '../mongo/transactions.js';
import type { Logger } from '../observe/logger.js';
import type { Metrics } from '../observe/metrics.js';
import { beginStep, inTrace, traceFrom } from '../observe/trace.js';
import { type KafkaAccess, kafkaOptions } from './client.js';
import { decode, type Decoded, type Delivery, inboxId, type Invalid, type RawMessage } from './decode.js';
import { backoff, fate, laneOf } from './receive.rules.js';
import type { EventContext } from './on.js';
import { PARTITIONS } from './topics.js';

export interface EventServerOptions {
  readonly access: KafkaAccess;
  readonly service: string;
  readonly prefix: string;
  readonly sessionTimeout: number;
  /** Lanes of a large batch at most: keys are spread over them, each lane is one transaction at a time. */
  readonly lanes?: number;
  /** Events in one transaction at most. */
  readonly group?: number;
  readonly attempts?: number;
}

/** Consumers that are begun one after the other before the process is to be replaced. */
const BEGINNINGS = 5;

/**
 * Receives events: batches of Kafka, lanes by key, inbox row and effect in one transaction, then the offset. Delivery is
 * at least once, the effect happens once. An event that cannot be handled is parked with the reason, and so are later
 * ones of its key; everything else goes on. Correctness rests on the inbox, not on who owns the partition.
 */
export class EventServer extends ServerKafka {
  crashed = false;
  joined = false;
  /** Consumers that were begun in place of one that was given up, since the last one joined its group. */
  private begun = 0;
  /** Partitions are read side by side; what they bring at the same moment shares a transaction. */
  private readonly grouped: GroupCommit;
  private readonly lanes: number;
  private readonly group: number;
  private readonly attempts: number;

  constructor(
    private readonly settings: EventServerOptions,
    private readonly transactions: Transactions,
    private readonly parkedEvents: Parked,
    private readonly inboxHas: (ids: string[]) => Promise<Set<string>>,
    private readonly metrics: Metrics,
    private readonly log: Logger,
  ) {
    super({
      // Nest would append "-server" to both names, and alerts and ACLs would watch the wrong group.
      postfixId: '',
      client: kafkaOptions(settings.access, settings.service, log),
      consumer: {
        groupId: settings.prefix + settings.service,
        allowAutoTopicCreation: false,
        sessionTimeout: settings.sessionTimeout,
        heartbeatInterval: Math.floor(settings.sessionTimeout / 6),
        maxWaitTimeInMs: 100,
        retry: { retries: 10, initialRetryTime: 200, maxRetryTime: 5_000 },
      },
    });
    this.grouped = new GroupCommit(transactions, { batch: 8, lanes: 2, queue: Infinity });
    this.lanes = settings.lanes ?? 4;
    this.group = settings.group ?? 128;
    this.attempts = settings.attempts ?? 5;
  }

  /** Nest's start makes a producer for replies too; we never reply. */
  override async start(callback: (error?: Error) => void): Promise<void> {
    await this.begin();
    callback();
  }

  private async begin(): Promise<void> {
    const consumer = this.client!.consumer({ ...this.options.consumer, groupId: this.groupId });
    this.consumer = consumer;
    this.registerConsumerEventListeners();
    consumer.on('consumer.crash', (e: { payload: { restart: boolean } }) => {
      this.joined = false;
      // kafkajs restarts by itself unless it says otherwise.
      if (!e.payload.restart) void this.beginAgain(consumer);
    });
    consumer.on('consumer.group_join', () => {
      this.joined = true;
      this.begun = 0;
    });
    await consumer.connect();
    // Closed while it connected: nobody else would let go of this one.
    if (!this.client) return consumer.disconnect();
    await this.bindEvents(consumer);
  }

  /**
   * Begins with a new consumer where kafkajs gave one up: it takes "no coordinator", which a broker answers while it starts or is
   * busy, for the end. When that does not help again and again, the process must be replaced (liveness).
   */
  private async beginAgain(consumer: Consumer): Promise<void> {
    await consumer.disconnect().catch(() => undefined);
    if (this.begun === BEGINNINGS) this.crashed = true;
    if (this.crashed) return;
    this.begun += 1;
    this.log.warn({ attempt: this.begun }, 'consumer: begins anew');
    await wait(this.begun * 1_000);
    // Closed meanwhile.
    if (!this.client) return;
    try {
      await this.begin();
    } catch {
      await this.beginAgain(this.consumer!);
    }
  }

  override async bindEvents(consumer: Consumer): Promise<void> {
    const topics = new Set(
      [...this.messageHandlers.keys()].map((type) => {
        const known = eventOfType(type);
        if (!known) throw new Error(`a handler waits for ${type}, which no contract declares`);
        return this.settings.prefix + known.declaration.topic;
      }),
    );
    if (topics.size === 0) {
      this.joined = true;
      return;
    }
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS,
      eachBatch: (payload) => this.batch(payload),
    });
  }

  private async batch({ batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload): Promise<void> {
    for (let i = 0; i < batch.messages.length; i += this.group * this.lanes) {
      if (!isRunning() || isStale()) return;
      const part = batch.messages.slice(i, i + this.group * this.lanes);
      await this.receive(batch.topic, batch.partition, part, heartbeat);
      const last = part.at(-1)!.offset;
      resolveOffset(last);
      await heartbeat();
      this.metrics.consumeLag.set(
        { topic: batch.topic, partition: batch.partition },
        Number(BigInt(batch.highWatermark) - BigInt(last) - 1n),
      );
    }
    // Control records have no message: without this the batch would be fetched again for ever.
    resolveOffset(batch.lastOffset());
  }

  private async receive(
    topic: string,
    partition: number,
    messages: KafkaMessage[],
    heartbeat: () => Promise<void>,
  ): Promise<void> {
    // Few events go in one transaction: side by side they would only conflict on the rows that they share.
    const width = Math.min(this.lanes, Math.ceil(messages.length / this.group));
    const lanes: (Delivery | Invalid)[][] = [];
    for (const message of messages) {
      const decoded = this.decode(topic, partition, message);
      if (typeof decoded === 'string') this.metrics.consumed.inc({ outcome: decoded });
      else (lanes[laneOf(decoded.raw.key, width)] ??= []).push(decoded);
    }
    await Promise.all(lanes.filter(Boolean).map((lane) => this.lane(lane, heartbeat)));
  }

  /** `decode` for what this service has handlers for. */
  decode(topic: string, partition: number, message: RawMessage): Decoded {
    return decode(topic, partition, message, this.messageHandlers);
  }

  private async lane(items: (Delivery | Invalid)[], heartbeat: () => Promise<void>): Promise<void> {
    const blocked = await this.parkedEvents.keysAmong([...new Set(items.map((i) => i.raw.key).filter(Boolean))]);
    let together: Delivery[] = [];
    const here = new Set<string>();
    const flush = async (): Promise<void> => {
      const events = together;
      together = [];
      if (events.length > 0) await this.handleTogether(events, blocked, heartbeat);
    };
    for (const item of items) {
      if ('invalid' in item) {
        // What stands before it of the same key must be done first, or it would look parked too.
        await flush();
        await this.park(item.raw, item.invalid, item.details, blocked);
      } else if (here.has(inboxId(item.envelope))) {
        this.metrics.consumed.inc({ outcome: 'duplicate' });
      } else if (blocked.has(item.raw.key)) {
        // A repeat of what was handled before its key was parked is no reason to wait.
        if ((await this.unseen([item])).length > 0) await this.park(item.raw, 'behind_parked', [], blocked);
      } else {
        here.add(inboxId(item.envelope));
        together.push(item);
        if (together.length >= this.group) await flush();
      }
    }
    await flush();
  }

  /** One transaction for all; when it fails, each event for itself, so that one cannot hold back the others. */
  private async handleTogether(
    events: Delivery[],
    blocked: Set<string>,
    heartbeat: () => Promise<void>,
  ): Promise<void> {
    let rest = events;
    // Repeats are rare, so the inbox is asked only when it refuses one.
    for (let repeats = false; rest.length > 1; repeats = true) {
      try {
        await this.grouped.run(async (tx) => {
          for (const event of rest) await this.effect(event, tx);
        });
        this.metrics.consumed.inc({ outcome: 'handled' }, rest.length);
        return;
      } catch (error) {
        if (fate(error, 1, this.attempts) === 'give-back') throw error;
        if (isDuplicate(error, COLLECTIONS.inbox) && !repeats) rest = await this.unseen(rest);
        else {
          this.log.debug({ events: rest.length, reason: (error as Error).name }, 'handling events one by one');
          break;
        }
      }
    }
    for (const event of rest) {
      if (blocked.has(event.raw.key)) await this.park(event.raw, 'behind_parked', [], blocked);
      else await this.handleAlone(event, blocked, heartbeat);
      await heartbeat();
    }
  }

  /** Those whose effect is not there yet. */
  private async unseen(events: Delivery[]): Promise<Delivery[]> {
    const seen = await this.inboxHas(events.map((e) => inboxId(e.envelope)));
    const left = events.filter(({ envelope }) => !seen.has(inboxId(envelope)));
    this.metrics.consumed.inc({ outcome: 'duplicate' }, events.length - left.length);
    return left;
  }

  private async handleAlone(event: Delivery, blocked: Set<string>, heartbeat: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.transactions.run((tx) => this.effect(event, tx));
        this.metrics.consumed.inc({ outcome: 'handled' });
        return;
      } catch (error) {
        if (isDuplicate(error, COLLECTIONS.inbox)) {
          this.metrics.consumed.inc({ outcome: 'duplicate' });
          return;
        }
        const next = fate(error, attempt, this.attempts);
        if (next === 'give-back') throw error;
        if (next === 'park') {
          const refused = error instanceof RuleError;
          this.log.error(
            {
              type: event.envelope.type,
              id: event.envelope.id,
              reason: (error as Error).name,
              stack: (error as Error).stack,
            },
            'event parked',
          );
          await this.park(
            event.raw,
            refused ? 'refused_by_rule' : 'retries_spent',
            [refused ? error.code : (error as Error).name],
            blocked,
          );
          return;
        }
        await heartbeat();
        await new Promise((resolve) => setTimeout(resolve, backoff(attempt, Math.random())));
      }
    }
  }

  /** The effect of an event, and the inbox's note of it, in one transaction. */
  async effect(event: Delivery, tx: PendingTx): Promise<void> {
    tx.received(inboxId(event.envelope));
    const handler = this.messageHandlers.get(event.envelope.type);
    const context: EventContext = {
      tx,
      envelope: event.envelope,
      place: { partition: event.raw.partition, offset: Number(event.raw.offset) },
      day: event.envelope.time.endsWith('T00:00:00Z')
        ? event.envelope.time.slice(0, 10)
        : almatyDay(new Date(event.envelope.time)),
    };
    const instance = Object.assign(new event.contract(), event.data);
    if (!handler) return;
    // Where several handle an event, Nest's first calls the next one by itself.
    const step = beginStep(event.envelope.type, 'consumer', traceFrom(event.envelope.traceparent));
    try {
      await inTrace(step, async () => {
        await lastValueFrom(this.transformToObservable(await handler(instance as never, context as never)), {
          defaultValue: undefined,
        });
      });
      step.end();
    } catch (error) {
      step.end(error instanceof RuleError ? error.code : 'failed');
      throw error;
    }
  }

  private async park(raw: RawEvent, reason: ParkReason, details: string[], blocked: Set<string>): Promise<void> {
    await this.parkedEvents.park(raw, reason, details);
    if (raw.key) blocked.add(raw.key);
    this.metrics.consumed.inc({ outcome: 'parked' });
  }
}
