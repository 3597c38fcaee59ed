import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { IsIn } from 'class-validator';
import { GIFT_DISPOSALS, type GiftDisposal, GiftDisposedV1 } from '@aiqyn/contracts';
import { type Caller, Can, From, IsDay } from '@aiqyn/platform';
import { IsDocumentNumber, MayBeMissing } from '../../people/fields.dto.js';
import { IsTiyn } from '../gift-case/fields.dto.js';
import { GiftMoves, type Moved } from '../gift-case/gift-moves.js';
import { anotherPerson, dayBetween } from '../../people/steps.rules.js';
import { moveGift } from '../gift-case/gift-states.rules.js';
import { judgePrice } from './disposal.rules.js';

export class DisposeOfGift {
  @IsDay() disposedDay: string;
  @IsIn(GIFT_DISPOSALS) method: GiftDisposal;
  @IsDocumentNumber() actNumber: string;
  @MayBeMissing() @IsTiyn() price?: number;
}

/** What becomes of a gift of the state fund in the end. */
@Controller('v1/gifts')
export class DisposeOfGiftController {
  constructor(private readonly moves: GiftMoves) {}

  @Post(':id/disposal')
  @HttpCode(200)
  @Can('gift:dispose')
  dispose(@Param('id', ParseUUIDPipe) id: string, @Body() body: DisposeOfGift, @From() caller: Caller): Promise<Moved> {
    const { disposedDay: day, method, actNumber } = body;
    const price = body.price === undefined ? {} : { price: body.price };
    return this.moves.step(id, caller, (gift, today) => {
      const to = moveGift(gift.state, 'disposed');
      const { by, value, day: valuedDay } = gift.valuation!;
      anotherPerson(caller.id, [by, gift.declaredBy], 'than who declared or valued disposes of it');
      judgePrice(method, value, body.price);
      dayBetween(day, [valuedDay, gift.custody!.at(-1)!.day].sort().at(-1)!, today, 'disposedDay');
      const event = Object.assign(new GiftDisposedV1(), { day, method, ...price });
      return { to, set: { disposal: { day, method, actNumber, ...price, by: caller.id } }, event };
    });
  }
}
