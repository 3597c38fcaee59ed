import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { addDays, dayStartUtc } from '@aiqyn/contracts';
import { Clock, Timers, Transactions } from '@aiqyn/platform';
import { CaseKeys } from './case-keys.js';

const ROTATION = 'case-key-rotation';
/** Blocks in one transaction. */
const AT_ONCE = 20;

/**
 * Brings all keys of cases under the present key-encryption key, at the start and daily. Once none lies under an older one
 * that one can be destroyed, and with it every copy of keys that was made before.
 */
@Injectable()
export class RotateKeys implements OnApplicationBootstrap {
  constructor(
    timers: Timers,
    keys: CaseKeys,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {
    timers.on(ROTATION, async (_data, { tx }) => {
      const full = (await keys.rewrap(tx, AT_ONCE)) === AT_ONCE;
      tx.schedule(ROTATION, 'daily', full ? clock.now() : dayStartUtc(addDays(clock.today(), 1)));
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.transactions.run((tx) => tx.schedule(ROTATION, 'daily', this.clock.now()));
  }
}
