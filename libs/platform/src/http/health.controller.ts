import { Controller, Get, Header, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import type { EventServer } from '../kafka/event-server.js';
import { Metrics } from '../observe/metrics.js';
import { Public } from './auth.guard.js';
import { Problem } from './problem.js';

/** Milliseconds after which a database that has not answered counts as missing. */
const PING = 2_000;

/** What the probes look at; readiness goes red before anything is closed. */
@Injectable()
export class Health implements OnModuleDestroy {
  server: EventServer | undefined;
  draining = false;
  private checked = { at: 0, ok: false };

  constructor(@InjectConnection() private readonly connection: Connection) {}

  onModuleDestroy(): void {
    this.draining = true;
  }

  get live(): boolean {
    return !this.server?.crashed;
  }

  /** Names what is missing; empty when the service may get traffic. The ping is asked at most every 2 s. */
  async missing(): Promise<string[]> {
    const missing: string[] = [];
    if (this.draining) missing.push('draining');
    if (!this.server?.joined) missing.push('kafka');
    if (Date.now() - this.checked.at > 2_000) {
      // By a signal: the driver takes `timeoutMS` and does nothing with it.
      const ping = this.connection.db!.command({ ping: 1 }, { signal: AbortSignal.timeout(PING) });
      const ok = await ping.then(
        () => true,
        () => false,
      );
      this.checked = { at: Date.now(), ok };
    }
    if (!this.checked.ok) missing.push('mongodb');
    return missing;
  }
}

@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly health: Health,
    private readonly metrics: Metrics,
  ) {}

  @Get('health/live')
  live(): { status: string } {
    if (!this.health.live) throw new Problem(503, 'consumer_crashed', 'the process must be replaced');
    return { status: 'ok' };
  }

  @Get('health/ready')
  async ready(): Promise<{ status: string }> {
    const missing = await this.health.missing();
    if (missing.length > 0) throw new Problem(503, 'not_ready', `waiting for ${missing.join(', ')}`);
    return { status: 'ok' };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  scrape(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
