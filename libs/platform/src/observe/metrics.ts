import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The figures an operator watches; labels are route patterns and event types, never ids. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly registers = [this.registry];

  readonly requests = new Histogram({
    name: 'aiqyn_http_request_seconds',
    help: 'Time to answer an HTTP request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: this.registers,
  });
  readonly consumeLag = new Gauge({
    name: 'aiqyn_consume_lag_events',
    help: 'Events in the partition behind the one handled last',
    labelNames: ['topic', 'partition'],
    registers: this.registers,
  });
  readonly consumed = new Counter({
    name: 'aiqyn_events_consumed_total',
    help: 'Events by what became of them: handled, duplicate, ignored, tombstone, parked',
    labelNames: ['outcome'],
    registers: this.registers,
  });
  readonly sent = new Counter({
    name: 'aiqyn_events_sent_total',
    help: 'Events that the broker acknowledged',
    registers: this.registers,
  });
  readonly outboxAge = new Gauge({
    name: 'aiqyn_outbox_age_seconds',
    help: 'Age of the oldest event that is not sent yet',
    registers: this.registers,
  });
  readonly parked = new Gauge({
    name: 'aiqyn_parked_events',
    help: 'Events that wait for a person',
    registers: this.registers,
  });
  readonly timersLate = new Gauge({
    name: 'aiqyn_timers_late_seconds',
    help: 'How long the oldest timer that is due waits to be fired',
    registers: this.registers,
  });
  readonly leaseHeld = new Gauge({
    name: 'aiqyn_lease_held',
    help: '1 at the replica that relays, fires timers and seals, 0 at the others',
    registers: this.registers,
  });

  /** Shows how many commands wait for a shared transaction, asked for at each scrape. */
  watchQueue(queued: () => number): void {
    new Gauge({
      name: 'aiqyn_commands_waiting',
      help: 'Commands that wait for a shared transaction',
      registers: this.registers,
      collect() {
        this.set(queued());
      },
    });
  }

  /** Shows how many receipts need another pepper than the present one, and how many no pepper knows any more. */
  watchReceipts(count: () => Promise<Readonly<Record<'previous' | 'gone', number>>>): void {
    new Gauge({
      name: 'aiqyn_receipts_of_pepper',
      help: 'Receipts made with a pepper that is not the present one: previous (known still) or gone',
      labelNames: ['pepper'],
      registers: this.registers,
      async collect() {
        for (const [pepper, receipts] of Object.entries(await count())) this.set({ pepper }, receipts);
      },
    });
  }

  constructor() {
    // Processor, memory and the lag of the event loop.
    collectDefaultMetrics({ register: this.registry });
  }
}
