import { performance } from 'node:perf_hooks';
import type { Connection } from 'mongoose';
import { SEAL_BLOCK, sealAudit } from './audit/audit.js';
import type { Clock } from './clock.js';
import { moveToJournal } from './mongo/move-to-journal.js';
import type { Logger } from './observe/logger.js';
import type { Metrics } from './observe/metrics.js';
import type { Lease } from './outbox/lease.js';
import type { Left, Timers } from './timers/timers.js';

/** Share of its time that the event loop works, below which nobody else is held up. */
const IDLE = 0.4;

/**
 * What the lease holder does beside relaying: fires timers every `interval` milliseconds, seals the audit log, and takes over what an
 * earlier version writes. Where one
 * left something and the process is mostly idle, the next look comes after as long as this one took: half a million groups that
 * an import left were judged at the pace of the interval otherwise. Not beside commands: they would wait for it, and for the
 * rows that both write (at 300 releases a second the p99 of the answer was 410 instead of 163 ms).
 */
export class Duties {
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();

  constructor(
    private readonly connection: Connection,
    private readonly lease: Lease,
    private readonly timers: Timers,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
    private readonly interval = 250,
    /** Milliseconds between two sealings: larger blocks cost less than more of them. */
    private readonly sealEvery = 2_000,
  ) {}

  private sealedAt = performance.now();
  private load = performance.eventLoopUtilization();

  start(pause = this.interval): void {
    this.timer = setTimeout(() => {
      const began = performance.now();
      this.round = this.once().then((left) => {
        const took = performance.now() - began;
        const load = performance.eventLoopUtilization();
        const idle = performance.eventLoopUtilization(load, this.load).utilization < IDLE;
        this.load = load;
        if (!this.stopped) this.start(left === 'more' && idle ? Math.min(took, this.interval) : this.interval);
      });
    }, pause);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private async once(): Promise<Left> {
    this.metrics.leaseHeld.set(this.lease.held ? 1 : 0);
    if (!this.lease.held) {
      this.metrics.timersLate.set(0);
      return 'done';
    }
    let left: Left = 'done';
    try {
      left = await this.timers.fireDue((kind, error) =>
        this.logger.error({ kind, reason: (error as Error).message }, 'timer failed, will fire again'),
      );
      if (performance.now() - this.sealedAt >= this.sealEvery) {
        this.metrics.timersLate.set(await this.timers.late());
        // During a rolling update pods of an earlier version still write to its collections.
        await moveToJournal(this.connection);
        while ((await sealAudit(this.connection, this.clock.today())) === SEAL_BLOCK && this.lease.held);
        this.sealedAt = performance.now();
      }
    } catch (error) {
      this.logger.warn({ reason: (error as Error).message }, 'duties: will try again');
    }
    return left;
  }
}
