import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { IsIn } from 'class-validator';
import { GiftBreachConfirmedV1, GiftBreachDismissedV1, GiftBreachOpenedV1 } from '@aiqyn/contracts';
import { type Caller, Can, From } from '@aiqyn/platform';
import { GiftMoves, type Moved } from '../gift-case/gift-moves.js';
import { anotherPerson } from '../../people/steps.rules.js';
import { moveGift } from '../gift-case/gift-states.rules.js';
import { BREACH_REASONS, type BreachOutcome, judgeReason } from './breach.rules.js';

export class DecideBreach {
  @IsIn(Object.keys(BREACH_REASONS)) outcome: BreachOutcome;
  @IsIn(Object.values(BREACH_REASONS).flat()) reason: string;
}

/** Why a gift was not handed over in time: one person inquires, another decides. */
@Controller('v1/gifts')
export class InquireBreachController {
  constructor(private readonly moves: GiftMoves) {}

  @Post(':id/inquiry')
  @HttpCode(200)
  @Can('gift:inquire')
  open(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<Moved> {
    return this.moves.step(id, caller, (_, day) => ({
      to: 'breach-review',
      set: { inquiry: { day, by: caller.id } },
      event: Object.assign(new GiftBreachOpenedV1(), { day }),
    }));
  }

  @Post(':id/inquiry-decision')
  @HttpCode(200)
  @Can('gift:decide')
  decide(@Param('id', ParseUUIDPipe) id: string, @Body() body: DecideBreach, @From() caller: Caller): Promise<Moved> {
    const { outcome, reason } = body;
    judgeReason(outcome, reason);
    return this.moves.step(id, caller, (gift, day) => {
      // A suspicion may be closed too, but not by this.
      moveGift(gift.state, 'breach');
      const { inquiry, organisationBin, sector, policy, declaredBy } = gift;
      anotherPerson(caller.id, [inquiry!.by, declaredBy], 'than who declared or inquired decides');
      const set = { inquiry: { ...inquiry, decidedBy: caller.id, decidedDay: day, outcome, reason } };
      if (outcome === 'dismissed')
        return { to: 'closed', set, event: Object.assign(new GiftBreachDismissedV1(), { day, reason }) };
      const facts = { day, organisationBin, sector, reason, policy };
      return { to: 'breach', set, event: Object.assign(new GiftBreachConfirmedV1(), facts) };
    });
  }
}
