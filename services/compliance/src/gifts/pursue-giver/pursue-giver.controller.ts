import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { IsIn } from 'class-validator';
import { GiftGiverDecidedV1, RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From } from '@aiqyn/platform';
import { GiftMoves, type Moved } from '../gift-case/gift-moves.js';
import { anotherPerson } from '../../people/steps.rules.js';
import { publicGiver } from '../gift-case/giver.rules.js';
import { GiftPolicies } from '../gift-case/gift-policies.js';
import { GIVER_REASONS, type GiverOutcome, judgeGiverOutcome } from './giver-liability.rules.js';

export class DecideGiver {
  @IsIn(Object.keys(GIVER_REASONS)) outcome: GiverOutcome;
  @IsIn(Object.values(GIVER_REASONS).flat()) reason: string;
}

/** The giver's side of a gift or of a refused offer; it goes its own way beside that of the official. */
@Controller('v1/gifts')
export class PursueGiverController {
  constructor(
    private readonly moves: GiftMoves,
    private readonly policies: GiftPolicies,
  ) {}

  @Post(':id/giver-decision')
  @HttpCode(200)
  @Can('gift:decide')
  decide(@Param('id', ParseUUIDPipe) id: string, @Body() body: DecideGiver, @From() caller: Caller): Promise<Moved> {
    const { outcome, reason } = body;
    return this.moves.step(id, caller, (gift, day) => {
      if (!gift.giver) throw new RuleError('out_of_order', 'no giver is told of a suspicion');
      if (gift.giverDecision) throw new RuleError('already_done', 'this was decided of the giver');
      anotherPerson(caller.id, [gift.declaredBy], 'than who declared decides of the giver');
      const facts = { kind: gift.giver.kind, day: gift.receivedDay ?? gift.offeredDay, outcome, reason };
      const liability = judgeGiverOutcome(this.policies.givers, this.policies.mci, facts);
      const event = Object.assign(new GiftGiverDecidedV1(), { day, outcome, reason, ...publicGiver(gift.giver) });
      return {
        set: { giverDecision: { day, by: caller.id, outcome, reason, ...liability } },
        event,
        answer: liability,
      };
    });
  }
}
