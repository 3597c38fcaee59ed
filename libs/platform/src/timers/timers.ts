import { addDays, dayStartUtc } from '@aiqyn/contracts';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Clock } from '../clock.js';
import { ConcurrentChange } from '../errors.js';
import { COLLECTIONS } from '../mongo/collections.js';
import { Transactions } from '../mongo/transactions.js';
import type { Doc, Tx } from '../mongo/tx.js';

interface TimerRow {
  _id: string;
  kind: string;
  dueAt: Date;
  data: Doc;
}

/** Whether something was left, which is looked at at once in a transaction of its own, so that none grows large. */
export type Left = 'more' | 'done';

/** Timers of one look. */
const AT_ONCE = 100;

export type TimerHandler = (data: Doc, context: { tx: Tx; dueAt: Date }) => Promise<Left | void> | Left | void;

/**
 * Stored timers: fired when due, also when the service was down at that moment or nobody opens a page. The row is
 * removed in the transaction of its effect, so each fires once, whichever replica finds it.
 */
@Injectable()
export class Timers implements OnApplicationBootstrap {
  private readonly handlers = new Map<string, TimerHandler>();
  private readonly dailies: string[] = [];

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Registers what a kind of timer does; once per kind, at start. */
  on(kind: string, handler: TimerHandler): void {
    if (this.handlers.has(kind)) throw new Error(`timer ${kind} has two handlers`);
    this.handlers.set(kind, handler);
  }

  /** Registers what is looked at once a day, for the first time at the start; a second replica only makes it come again. */
  daily(kind: string, look: (tx: Tx, today: string) => Promise<Left>): void {
    this.on(kind, async (_data, { tx }) => {
      const today = this.clock.today();
      const left = await look(tx, today);
      if (left === 'done') tx.schedule(kind, 'daily', dayStartUtc(addDays(today, 1)));
      return left;
    });
    this.dailies.push(kind);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.dailies.length === 0) return;
    await this.transactions.run((tx) => {
      for (const kind of this.dailies) tx.schedule(kind, 'daily', this.clock.now());
    });
  }

  /** Seconds for which the oldest timer that is due waits already; 0 when none does. */
  async late(): Promise<number> {
    const now = this.clock.now();
    const [oldest] = await this.connection
      .db!.collection<TimerRow>(COLLECTIONS.timers)
      .find({ dueAt: { $lte: now }, kind: { $in: [...this.handlers.keys()] } }, { projection: { dueAt: 1 } })
      .sort({ dueAt: 1 })
      .limit(1)
      .toArray();
    return oldest ? (now.getTime() - oldest.dueAt.getTime()) / 1000 : 0;
  }

  /** Fires what is due, oldest first, at most 100; tells whether more waits, or one of them left something. A failing one does not hold back others. */
  async fireDue(onError: (kind: string, error: unknown) => void): Promise<Left> {
    const due = await this.connection
      .db!.collection<TimerRow>(COLLECTIONS.timers)
      .find({ dueAt: { $lte: this.clock.now() }, kind: { $in: [...this.handlers.keys()] } })
      .sort({ dueAt: 1 })
      .limit(AT_ONCE)
      .toArray();
    let [more, fired] = [false, 0];
    for (const { _id, kind, dueAt, data } of due) {
      try {
        await this.transactions.run(async (tx) => {
          tx.remove(COLLECTIONS.timers, { _id, dueAt }, { mustMatch: true });
          const left = await this.handlers.get(kind)!(data, { tx, dueAt });
          if (left !== 'more') return;
          tx.schedule(kind, _id.slice(kind.length + 1), this.clock.now(), data);
          more = true;
        });
        fired += 1;
      } catch (error) {
        // Another replica fired it, or a command moved it: both are fine.
        if (!(error instanceof ConcurrentChange)) onError(kind, error);
      }
    }
    return more || (fired > 0 && due.length === AT_ONCE) ? 'more' : 'done';
  }
}
