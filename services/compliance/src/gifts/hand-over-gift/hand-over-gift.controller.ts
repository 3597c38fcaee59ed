import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { daysBetween, GiftHandedOverV1, GiftReturnedV1, RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From } from '@aiqyn/platform';
import { GiftMoves, type Moved } from '../gift-case/gift-moves.js';
import { dayBetween } from '../../people/steps.rules.js';
import { moveGift } from '../gift-case/gift-states.rules.js';
import { organisationOnly } from '../../people/own-body.rules.js';
import { GiftPolicies } from '../gift-case/gift-policies.js';
import { HandOverGift, ReturnGift } from './hand-over-gift.dto.js';

/** A gift leaves the official, in time or late. */
@Controller('v1/gifts')
export class HandOverGiftController {
  constructor(
    private readonly moves: GiftMoves,
    private readonly policies: GiftPolicies,
  ) {}

  @Post(':id/hand-over')
  @HttpCode(200)
  @Can('gift:hand-over')
  handOver(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { handedOverDay, actNumber, receiverBin: holderBin, photoSha256 }: HandOverGift,
    @From() caller: Caller,
  ): Promise<Moved> {
    organisationOnly(holderBin, 'receiverBin');
    return this.moves.step(id, caller, (gift, today) => {
      const to = moveGift(gift.state, 'handed-over');
      dayBetween(handedOverDay, gift.knownDay, today, 'handedOverDay');
      const daysLate = Math.max(0, daysBetween(gift.handOverBy, handedOverDay));
      const custody = [{ day: handedOverDay, actNumber, holderBin, by: caller.id }];
      return {
        to,
        set: { handedOverDay, actNumber, handedOverBy: caller.id, custody, ...(photoSha256 ? { photoSha256 } : {}) },
        event: Object.assign(new GiftHandedOverV1(), { day: handedOverDay, daysLate }),
        answer: { daysLate },
      };
    });
  }

  /** Back to the giver, only where the rule set of the gift allows it: none of Kazakhstan does. */
  @Post(':id/return')
  @HttpCode(200)
  @Can('gift:hand-over')
  giveBack(@Param('id', ParseUUIDPipe) id: string, @Body() body: ReturnGift, @From() caller: Caller): Promise<Moved> {
    return this.moves.step(id, caller, (gift, today) => {
      const to = moveGift(gift.state, 'returned');
      if (!this.policies.gifts.find((pack) => pack.id === gift.policy)?.returnAllowed)
        throw new RuleError('return_not_allowed', `rule set ${gift.policy} knows no return: hand it over`);
      dayBetween(body.returnedDay, gift.knownDay, today, 'returnedDay');
      const event = Object.assign(new GiftReturnedV1(), { day: body.returnedDay });
      return {
        to,
        set: { handedOverDay: body.returnedDay, actNumber: body.actNumber, handedOverBy: caller.id },
        event,
      };
    });
  }
}
