import type { Connection } from 'mongoose';
import { SEAL_BLOCK, sealAudit } from './audit/audit.js';
import type { Clock } from './clock.js';
import type { Logger } from './observe/logger.js';
import type { Metrics } from './observe/metrics.js';
import type { Lease } from './outbox/lease.js';
import type { Timers } from './timers/timers.js';

/** What the lease holder does beside relaying: fires timers and seals the audit log, every `interval` milliseconds. */
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
    /** Rounds between two sealings: larger blocks cost less than more of them. */
    private readonly sealEvery = 8,
  ) {}

  private rounds = 0;

  start(): void {
    this.timer = setTimeout(() => {
      this.round = this.once().finally(() => {
        if (!this.stopped) this.start();
      });
    }, this.interval);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private async once(): Promise<void> {
    this.metrics.leaseHeld.set(this.lease.held ? 1 : 0);
    if (!this.lease.held) return this.metrics.timersLate.set(0);
    try {
      if (this.rounds % this.sealEvery === 0) this.metrics.timersLate.set(await this.timers.late());
      await this.timers.fireDue((kind, error) =>
        this.logger.error({ kind, reason: (error as Error).message }, 'timer failed, will fire again'),
      );
      this.rounds += 1;
      if (this.rounds % this.sealEvery === 0)
        while ((await sealAudit(this.connection, this.clock.today())) === SEAL_BLOCK && this.lease.held);
    } catch (error) {
      this.logger.warn({ reason: (error as Error).message }, 'duties: will try again');
    }
  }
}
