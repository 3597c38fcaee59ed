import { readFileSync, statSync } from 'node:fs';
import { almatyDay } from '@aiqyn/contracts';

/** The time of a service; the only place that reads it, so that rules get it as an argument. */
export class Clock {
  private seen = { mtimeMs: -1, instant: Number.NaN };
  private lookedAt = -Infinity;

  /** @param file development only: its content (an RFC 3339 instant) is taken for now while it exists. */
  constructor(private readonly file?: string) {}

  now(): Date {
    if (!this.file) return new Date();
    // Looking at the file at each call would cost more than most of what asks for the time.
    if (performance.now() - this.lookedAt > 5) this.look(this.file);
    return Number.isNaN(this.seen.instant) ? new Date() : new Date(this.seen.instant);
  }

  private look(file: string): void {
    this.lookedAt = performance.now();
    try {
      const { mtimeMs } = statSync(file);
      if (mtimeMs !== this.seen.mtimeMs) {
        this.seen = { mtimeMs, instant: Date.parse(readFileSync(file, 'utf8').trim()) };
      }
    } catch {
      // The demo year is over once its file is gone.
      this.seen = { mtimeMs: -1, instant: Number.NaN };
    }
  }

  /** Today in Asia/Almaty, `YYYY-MM-DD`. */
  today(): string {
    return almatyDay(this.now());
  }
}
