import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { IsIn } from 'class-validator';
import { GOAL_STATUSES, type GoalStatus } from '@aiqyn/contracts';
import { type Caller, Can, From } from '@aiqyn/platform';
import { partOf, PartPath } from '../goal-case/fields.dto.js';
import { GoalMoves } from '../goal-case/goal-moves.js';
import { OVERRIDE_REASONS, overridden } from './override.rules.js';

export class OverrideStatus {
  @IsIn(GOAL_STATUSES) status: GoalStatus;
  @IsIn(OVERRIDE_REASONS) reason: (typeof OVERRIDE_REASONS)[number];
}

/** A person says that the formula is wrong this time, and why; it ends at the next measurement. */
@Controller('v1/goals/:id/indicators/:code')
export class OverrideStatusController {
  constructor(private readonly moves: GoalMoves) {}

  @Post('override')
  @HttpCode(200)
  @Can('goal:override')
  override(@Param() { id, code }: PartPath, @Body() body: OverrideStatus, @From() caller: Caller): Promise<object> {
    return this.moves.step(id, caller, (goal, day) => ({
      indicator: overridden(partOf(goal.indicators, code, 'code'), { ...body, by: caller.id, day }),
      reason: body.reason,
    }));
  }
}
