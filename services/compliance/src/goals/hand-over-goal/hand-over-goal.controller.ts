import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { IsBoolean } from 'class-validator';
import type { Model } from 'mongoose';
import { IndicatorHandedOverV1, RuleError } from '@aiqyn/contracts';
import { type Caller, Can, From, IsDay, IsIin, NotFound } from '@aiqyn/platform';
import { MayBeMissing } from '../../people/fields.dto.js';
import { mayKnow } from '../../people/own-body.rules.js';
import { PersonIds } from '../../people/person-ids.js';
import { IsPosition, partOf, PartPath } from '../goal-case/fields.dto.js';
import { GoalMoves } from '../goal-case/goal-moves.js';
import { Goal } from '../goal-case/goal.schema.js';
import { accepted, accountableAt, proposed } from './accountable.rules.js';

export class HandOverGoal {
  /** The first day of who takes over; the last of who gives is the one before. */
  @IsDay() day: string;
  /** Of an acting official: the last day, after which who gave answers again. */
  @MayBeMissing() @IsDay() untilDay?: string;
  @IsPosition() position: string;
  @IsIin() officialIin: string;
}

export class AnswerHandover {
  @IsBoolean() accepted: boolean;
}

export class AtQuery {
  @IsDay() at: string;
}

/** Who answers for an indicator, at every instant one: who gives and who takes over both sign. */
@Controller('v1/goals/:id/indicators/:code')
export class HandOverGoalController {
  constructor(
    @InjectModel(Goal.name) private readonly goals: Model<Goal>,
    private readonly moves: GoalMoves,
    private readonly persons: PersonIds,
  ) {}

  @Get('accountable')
  @Can('goal:read')
  async accountable(
    @Param() { id, code }: PartPath,
    @Query() { at }: AtQuery,
    @From() caller: Caller,
  ): Promise<object> {
    const goal = await this.goals.findOne({ _id: { $eq: id } }).lean<Goal>();
    if (!goal || !mayKnow(caller.subject?.department, goal)) throw new NotFound();
    const term = accountableAt(partOf(goal.indicators, code, 'code').terms, at);
    if (!term) throw new RuleError('day_out_of_range', 'the indicator had not begun', { field: 'at' });
    const { position, officialId, from, to, acting } = term;
    return {
      ...{ position, from },
      ...(officialId ? { officialId } : {}),
      ...(to ? { to } : {}),
      ...(acting ? { acting } : {}),
    };
  }

  @Post('handover')
  @HttpCode(200)
  @Can('goal:answer')
  give(@Param() { id, code }: PartPath, @Body() body: HandOverGoal, @From() caller: Caller): Promise<object> {
    const { officialIin, ...told } = body;
    const officialId = this.persons.of(officialIin);
    return this.moves.step(id, caller, (goal, today) => {
      const indicator = partOf(goal.indicators, code, 'code');
      return {
        indicator: { ...indicator, handover: proposed(indicator, { ...told, officialId, givenBy: caller.id }, today) },
      };
    });
  }

  @Post('handover-answer')
  @HttpCode(200)
  @Can('goal:answer')
  take(@Param() { id, code }: PartPath, @Body() body: AnswerHandover, @From() caller: Caller): Promise<object> {
    return this.moves.step(id, caller, (goal, today) => {
      const before = partOf(goal.indicators, code, 'code');
      const terms = accepted(before, caller.id, today);
      const { handover, ...indicator } = before;
      if (!body.accepted) return { indicator, reason: 'declined' };
      const { day, untilDay, position: toPosition } = handover!;
      const event = Object.assign(new IndicatorHandedOverV1(), {
        ...{ indicator: code, day, fromPosition: before.terms.at(-1)!.position, toPosition },
        ...(untilDay ? { untilDay } : {}),
      });
      return { indicator: { ...indicator, terms }, event };
    });
  }
}
