import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { NotFound } from '../errors.js';
import { Can } from '../http/auth.guard.js';
import { type Caller, From } from '../http/commands.js';
import { Health } from '../http/health.controller.js';
import { afterOf, type Page, pageOf, PageQuery } from '../http/paging.js';
import { Transactions } from '../mongo/transactions.js';
import { Parked, type ParkedRow } from './parked.js';

interface ShownParked {
  readonly id: string;
  readonly key: string;
  readonly type: string | null;
  readonly reason: string;
  readonly details: string[];
  readonly parkedAt: Date;
}

const show = (row: ParkedRow): ShownParked => ({
  id: encodeId(row._id),
  key: row.key,
  type: row.type,
  reason: row.reason,
  details: row.details,
  parkedAt: row.parkedAt,
});

const encodeId = (id: string): string => Buffer.from(id).toString('base64url');
const decodeId = (id: string): string => Buffer.from(id, 'base64url').toString();

/** What an operator can do with parked events: look, try again in order, or give one up; each decision is audited. */
@Controller('v1/parked-events')
export class ParkedController {
  constructor(
    private readonly parked: Parked,
    private readonly transactions: Transactions,
    private readonly health: Health,
  ) {}

  @Get()
  @Can('parked:read')
  async list(@Query() query: PageQuery): Promise<Page<ShownParked>> {
    return pageOf(await this.parked.list(afterOf(query), query.limit + 1), query.limit, show);
  }

  /** Handles all parked events of the key of this one again, oldest first, up to the first that fails. */
  @Post(':id/redrive')
  @HttpCode(200)
  @Can('parked:decide')
  async redrive(@Param('id') id: string, @From() caller: Caller): Promise<{ handled: number; left: number }> {
    const queue = await this.parked.queueOf(decodeId(id));
    if (queue.length === 0) throw new NotFound();
    let handled = 0;
    for (const row of queue) {
      if (!(await this.handle(row, caller.id))) break;
      handled += 1;
    }
    await this.parked.count();
    return { handled, left: queue.length - handled };
  }

  /** Gives one parked event up for good; later ones of its key stay until they are redriven. */
  @Post(':id/discard')
  @HttpCode(200)
  @Can('parked:decide')
  async discard(@Param('id') id: string, @From() caller: Caller): Promise<{ discarded: true }> {
    const _id = decodeId(id);
    if (!(await this.parked.rows.findOne({ _id }))) throw new NotFound();
    await this.transactions.run((tx) => {
      this.parked.remove(tx, _id);
      tx.audit({ actor: caller.id, action: 'parked:discard', resource: _id, outcome: 'done' });
    });
    await this.parked.count();
    return { discarded: true };
  }

  private async handle(row: ParkedRow, actor: string): Promise<boolean> {
    const server = this.health.server!;
    const message = {
      key: Buffer.from(row.key),
      value: Buffer.from(row.value.buffer ?? row.value),
      headers: row.headers,
      offset: String(row.offset),
    };
    const decoded = server.decode(row.topic, row.partition, message);
    if (typeof decoded !== 'string' && 'invalid' in decoded) return false;
    try {
      await this.transactions.run(async (tx) => {
        if (typeof decoded !== 'string') await server.effect(decoded, tx);
        this.parked.remove(tx, row._id);
        tx.audit({ actor, action: 'parked:redrive', resource: row._id, outcome: 'done' });
      });
      return true;
    } catch {
      // It stays parked with the reason it has; the count that is left tells the operator.
      return false;
    }
  }
}
