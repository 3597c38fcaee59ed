import { Injectable } from '@nestjs/common';
import { RuleError } from '@aiqyn/contracts';
import { Busy } from '../errors.js';
import { currentTrace, inTrace } from '../observe/trace.js';
import { culpritOf, type PendingTx } from './pending-tx.js';
import { ConflictPersists, Transactions } from './transactions.js';

interface Waiting {
  readonly command: (tx: PendingTx) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommitOptions {
  /** Commands in one transaction at most. */
  readonly batch: number;
  /** Transactions under way at once. */
  readonly lanes: number;
  /** Commands that may wait before the next one is turned away with Busy. */
  readonly queue: number;
}

/**
 * Commits the commands that arrive together in one transaction, each with its own result. A lone command starts at
 * once; while it commits, the next ones gather. The durable round trip is what a command costs, so sharing it is
 * worth more than any other saving (figures: libs/platform/README.md).
 */
@Injectable()
export class GroupCommit {
  private readonly waiting: Waiting[] = [];
  private running = 0;
  /** Commands that go each for itself now. */
  private apart = 0;

  constructor(
    private readonly transactions: Transactions,
    private readonly options: GroupCommitOptions = { batch: 64, lanes: 1, queue: 4096 },
  ) {}

  /** Commands that wait for their turn now. */
  get queued(): number {
    return this.waiting.length;
  }

  /** Resolves when the command is durable; throws Busy when the queue is full, else what the command threw. */
  run<T>(command: (tx: PendingTx) => Promise<T> | T): Promise<T> {
    if (this.waiting.length >= this.options.queue) return Promise.reject(new Busy(1));
    // A lane runs in the trace of whoever began it; what a citizen does must not be told under an office's.
    const trace = currentTrace();
    const own = trace ? (tx: PendingTx) => inTrace(trace, () => command(tx)) : command;
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ command: own, resolve: resolve as (value: unknown) => void, reject });
      if (this.running < this.options.lanes) {
        this.running += 1;
        // After the current turn, so that requests parsed from the same read go together.
        setImmediate(() => void this.lane());
      }
    });
  }

  private async lane(): Promise<void> {
    try {
      while (this.waiting.length > 0) await this.commit(this.waiting.splice(0, this.options.batch));
    } finally {
      this.running -= 1;
    }
  }

  private async commit(batch: Waiting[]): Promise<void> {
    const refused = new Map<number, unknown>();
    try {
      const results = await this.transactions.run(async (tx) => {
        refused.clear();
        const values: unknown[] = [];
        for (const [i, one] of batch.entries()) values.push(await this.attempt(tx, i, one, refused));
        return values;
      }, 3);
      for (const [i, one] of batch.entries()) {
        if (refused.has(i)) one.reject(refused.get(i));
        else one.resolve(results[i]);
      }
    } catch (error) {
      if (batch.length === 1 && !(error instanceof ConflictPersists)) return batch[0]!.reject(error);
      const culprit = culpritOf(error);
      const rest = culprit === undefined ? [] : batch.filter((_, i) => i !== culprit);
      const alone = culprit === undefined ? batch : [batch[culprit]!];
      if (rest.length > 0) await this.commit(rest);
      // One may wait long for a row that a dead process still holds, and must hold up neither these nor the next ones.
      const all = this.eachAlone(alone);
      if (this.apart > this.options.batch) await all;
    }
  }

  private async eachAlone(batch: readonly Waiting[]): Promise<void> {
    this.apart += batch.length;
    await Promise.all(batch.map((one) => this.alone(one)));
    this.apart -= batch.length;
  }

  /** A rule that says no costs its own command only: what it had gathered is taken back. */
  private async attempt(tx: PendingTx, i: number, one: Waiting, refused: Map<number, unknown>): Promise<unknown> {
    tx.owner = i;
    try {
      return await one.command(tx);
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      tx.dropOwner();
      refused.set(i, error);
      return undefined;
    }
  }

  private async alone(one: Waiting): Promise<void> {
    try {
      one.resolve(await this.transactions.run((tx) => one.command(tx)));
    } catch (error) {
      one.reject(error);
    }
  }
}
