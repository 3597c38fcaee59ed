import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { CONFIG, type Left, LOGGER, type Logger, Metrics, Timers, type Tx } from '@aiqyn/platform';
import { CASES } from '../cases/case.schema.js';
import type { ReportingConfig } from '../config.js';
import { nameOfUnnamed, type Peppers, peppersOf, UNKNOWN_PEPPER } from './pepper.rules.js';

/** Rows in one transaction. */
const AT_ONCE = 500;
/** A case that somebody reported: one that began with a finding has no receipt. Said so that the index answers alone. */
const REPORTED = { mode: { $gt: '' } };

interface Row {
  _id: string;
  mode?: string;
  receiptPepper?: string | null;
}

/** Tells how many receipts need a pepper that is not the present one, and how many no pepper of the settings knows any more. */
@Injectable()
export class WatchPeppers implements OnApplicationBootstrap {
  private readonly peppers: Peppers;

  constructor(
    @Inject(CONFIG) config: ReportingConfig,
    @InjectConnection() private readonly connection: Connection,
    @Inject(LOGGER) private readonly logger: Logger,
    timers: Timers,
    metrics: Metrics,
  ) {
    this.peppers = peppersOf(config);
    timers.daily('receipt-pepper-names', (tx) => this.name(tx));
    metrics.watchReceipts(async () => ({ previous: await this.previous(), gone: await this.gone() }));
  }

  async onApplicationBootstrap(): Promise<void> {
    const receipts = await this.gone();
    if (receipts > 0)
      this.logger.warn(
        { receipts },
        'these receipts were made with a pepper that is not in the settings: their codes are answered as unknown until PREVIOUS_RECEIPT_PEPPER has it again',
      );
  }

  private get rows(): mongo.Collection<Row> {
    return this.connection.db!.collection<Row>(CASES);
  }

  /** Verifiers that are known by another pepper than the present one, or by nobody knows which of several. */
  private previous(): Promise<number> {
    const [, ...others] = this.peppers.all.map(({ id }) => id);
    if (others.length === 0) return Promise.resolve(0);
    return this.rows.countDocuments({ receiptPepper: { $in: [...others, UNKNOWN_PEPPER] }, ...REPORTED });
  }

  /** Verifiers of a pepper that was taken out of the settings. */
  private gone(): Promise<number> {
    const known = this.peppers.all.map(({ id }) => id);
    if (known.length > 1) known.push(UNKNOWN_PEPPER);
    return this.rows.countDocuments({ receiptPepper: { $gt: '', $nin: known }, ...REPORTED });
  }

  /** Names verifiers from before there were names. */
  private async name(tx: Tx): Promise<Left> {
    const rows = await this.rows
      .find({ receiptPepper: null, ...REPORTED }, { session: tx.session, projection: { _id: 1 } })
      .limit(AT_ONCE)
      .toArray();
    const receiptPepper = nameOfUnnamed(this.peppers);
    for (const { _id } of rows) tx.update(CASES, { _id, receiptPepper: null }, { $set: { receiptPepper } });
    return rows.length === AT_ONCE ? 'more' : 'done';
  }
}
