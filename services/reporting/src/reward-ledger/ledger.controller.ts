import { Controller, Get, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Can, type Page, pageById, PageQuery } from '@aiqyn/platform';
import { type Balance, type LineSum, trialBalance } from './ledger.rules.js';
import { LedgerRow } from './ledger.schema.js';

/** The ledger of the rewards, for who pays and who audits. */
@Controller('v1/rewards/ledger')
export class LedgerController {
  constructor(@InjectModel(LedgerRow.name) private readonly rows: Model<LedgerRow>) {}

  @Get()
  @Can('ledger:read')
  list(@Query() query: PageQuery): Promise<Page<object>> {
    return pageById(this.rows, query);
  }

  /** Every `difference` is zero, or somebody changed the ledger. */
  @Get('trial-balance')
  @Can('ledger:read')
  async balance(): Promise<{ balances: Balance[] }> {
    const sums = await this.rows.aggregate<LineSum>([
      { $unwind: '$lines' },
      {
        $group: {
          _id: { currency: '$currency', account: '$lines.account', side: '$lines.side' },
          amount: { $sum: '$lines.amount' },
        },
      },
      { $project: { _id: 0, currency: '$_id.currency', account: '$_id.account', side: '$_id.side', amount: 1 } },
      { $sort: { currency: 1 } },
    ]);
    return { balances: trialBalance(sums) };
  }
}
