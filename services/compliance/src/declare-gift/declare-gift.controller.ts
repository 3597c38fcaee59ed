import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import { type Connection, type Model } from 'mongoose';
import { daysBetween, GiftDeclaredV1, GiftHandedOverV1, RuleError } from '@aiqyn/contracts';
import {
  type Caller,
  Can,
  change,
  Clock,
  Commands,
  create,
  From,
  load,
  type Page,
  pageById,
  PageQuery,
} from '@aiqyn/platform';
import { Policies } from '../policies/policies.js';
import { DeclareGift, HandOverGift } from './declare-gift.dto.js';
import { handOverBy, judgeDeclaration, move, overdueAt } from './gift.rules.js';
import { Gift, GIFTS } from './gift.schema.js';
import { GIFT_OVERDUE } from './gift-overdue.js';

/** Gifts to officials: banned without a floor, declared, and handed over within seven calendar days. */
@Controller('v1/gifts')
export class DeclareGiftController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(Gift.name) private readonly gifts: Model<Gift>,
    private readonly commands: Commands,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('gift:read')
  list(@Query() query: PageQuery): Promise<Page<object>> {
    return pageById(this.gifts, query, { hide: ['events'] });
  }

  @Post()
  @Can('gift:declare')
  declare(@Body() body: DeclareGift, @From() caller: Caller): Promise<object> {
    const giftId = randomUUID();
    const day = this.clock.today();
    judgeDeclaration({ ...body, today: day });
    const pack = this.policies.giftsOn(body.receivedDay);
    const by = handOverBy(pack, body.knownDay);
    return this.commands.run(caller, (tx) => {
      const value = body.estimatedValue !== undefined ? { estimatedValue: body.estimatedValue } : {};
      const { receivedDay, knownDay } = body;
      create(
        tx,
        GIFTS,
        {
          _id: giftId,
          state: 'declared',
          declaredDay: day,
          receivedDay,
          knownDay,
          handOverBy: by,
          policy: pack.id,
          ...value,
        },
        Object.assign(new GiftDeclaredV1(), { giftId, day, knownDay, handOverBy: by, policy: pack.id, ...value }),
      );
      tx.schedule(GIFT_OVERDUE, giftId, overdueAt(by), { giftId });
      tx.audit({ actor: caller.id, action: 'gift:declare', resource: giftId, outcome: 'done' });
      return { giftId, state: 'declared', handOverBy: by, policy: pack.id, version: 1 };
    });
  }

  @Post(':id/hand-over')
  @HttpCode(200)
  @Can('gift:hand-over')
  handOver(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: HandOverGift,
    @From() caller: Caller,
  ): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const gift = await load<Gift>(tx, this.connection, GIFTS, id, caller.ifMatch);
      const state = move(gift.state, 'handed-over');
      const { handedOverDay, actNumber } = body;
      if (handedOverDay < gift.knownDay || handedOverDay > this.clock.today()) {
        throw new RuleError('day_out_of_range', 'handedOverDay must be between the day it became known and today', {
          field: 'handedOverDay',
        });
      }
      const event = Object.assign(new GiftHandedOverV1(), {
        giftId: id,
        day: handedOverDay,
        daysLate: Math.max(0, daysBetween(gift.handOverBy, handedOverDay)),
      });
      const version = change(tx, GIFTS, gift, { state, handedOverDay, actNumber }, event);
      tx.cancel(GIFT_OVERDUE, id);
      tx.audit({ actor: caller.id, action: 'gift:hand-over', resource: id, outcome: 'done' });
      return { giftId: id, state, daysLate: event.daysLate, version };
    });
  }
}
