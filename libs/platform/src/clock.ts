import { readFileSync, statSync } from 'node:fs';
import { almatyDay } from '@aiqyn/contracts';

/** The time of a service; the only place that reads it, so that rules get it as an argument. */
export class Clock {
  private seen = { mtimeMs: -1, instant: 0 };

  /** @param file development only: its content (an RFC 3339 instant) is taken for now while it exists. */
  constructor(private readonly file?: string) {}

  now(): Date {
    if (!this.file) return new Date();
    try {
      const { mtimeMs } = statSync(this.file);
      if (mtimeMs !== this.seen.mtimeMs) {
        this.seen = { mtimeMs, instant: Date.parse(readFileSync(this.file, 'utf8').trim()) };
      }
      return Number.isNaN(this.seen.instant) ? new Date() : new Date(this.seen.instant);
    } catch {
      // The demo year is over once its file is gone.
      return new Date();
    }
  }

  /** Today in Asia/Almaty, `YYYY-MM-DD`. */
  today(): string {
    return almatyDay(this.now());
  }
}
