import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { IsIn } from 'class-validator';
import { ActFindingAnsweredV1, FINDING_ANSWERS, type FindingAnswer, RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From } from '@aiqyn/platform';
import { ActMoves, type Moved } from '../draft-acts/act-moves.js';
import { Reasoned } from '../draft-acts/fields.dto.js';
import { answered, unanswered } from '../draft-acts/findings.rules.js';

export class AnswerFinding extends Reasoned {
  @IsIn(FINDING_ANSWERS) answer: FindingAnswer;
}

/** The authority answers each finding with a reason; with the last answer the act is responded to, in time or late. */
@Controller('v1/draft-acts')
export class AnswerOpinionController {
  constructor(private readonly moves: ActMoves) {}

  @Post(':id/findings/:findingId/answer')
  @HttpCode(200)
  @Can('act:answer')
  answer(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('findingId', ParseUUIDPipe) findingId: string,
    @Body() { answer, reason }: AnswerFinding,
    @From() caller: Caller,
  ): Promise<Moved> {
    return this.moves.step(id, caller, (act, day) => {
      const { _id: actId, state, authorityBin, opinion } = act;
      if (!opinion?.publishedDay || (state !== 'awaiting-response' && state !== 'overdue')) {
        const allowed = ['awaiting-response', 'overdue'];
        throw new RuleError('illegal_transition', `in "${state}" no answer is awaited`, { allowed });
      }
      const findings = answered(act.findings, findingId, { answer, reason, day, by: caller.id });
      const factor = findings.find((one) => one.findingId === findingId)!.code;
      const event = Object.assign(new ActFindingAnsweredV1(), { actId, findingId, day, factor, answer, authorityBin });
      const left = unanswered(findings).length;
      return {
        set: { findings },
        events: [event],
        answer: { left },
        ...(left === 0 ? { to: 'responded' as const } : {}),
      };
    });
  }
}
