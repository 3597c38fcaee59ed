import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { GiftValuedV1, RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From, IsBin, IsDay } from '@aiqyn/platform';
import { IsDocumentNumber } from '../../people/fields.dto.js';
import { IsTiyn } from '../gift-case/fields.dto.js';
import { GiftMoves, type Moved } from '../gift-case/gift-moves.js';
import { anotherPerson, dayBetween } from '../../people/steps.rules.js';
import { moveGift } from '../gift-case/gift-states.rules.js';
import { organisationOnly } from '../../people/own-body.rules.js';

export class ValueGift {
  @IsDay() valuedDay: string;
  @IsTiyn() value: number;
  @IsBin() valuerBin: string;
  @IsDocumentNumber() reportNumber: string;
}

/** What a gift is worth, by a valuer who has nothing to do with where it came from. */
@Controller('v1/gifts')
export class ValueGiftController {
  constructor(private readonly moves: GiftMoves) {}

  @Post(':id/valuation')
  @HttpCode(200)
  @Can('gift:value')
  value(@Param('id', ParseUUIDPipe) id: string, @Body() body: ValueGift, @From() caller: Caller): Promise<Moved> {
    const { valuedDay: day, ...rest } = body;
    organisationOnly(body.valuerBin, 'valuerBin');
    return this.moves.step(id, caller, (gift, today) => {
      const to = moveGift(gift.state, 'valued');
      anotherPerson(caller.id, [gift.declaredBy, gift.handedOverBy], 'than who declared or handed over values');
      if (body.valuerBin === gift.organisationBin)
        throw new RuleError('not_independent', 'the valuer is of another organisation', { field: 'valuerBin' });
      dayBetween(day, gift.handedOverDay, today, 'valuedDay');
      const event = Object.assign(new GiftValuedV1(), { day, value: body.value });
      return { to, set: { valuation: { day, ...rest, by: caller.id } }, event };
    });
  }
}
