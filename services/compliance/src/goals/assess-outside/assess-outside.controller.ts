import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { IsIn, IsUrl, MaxLength } from 'class-validator';
import { GOAL_STATUSES, type GoalStatus, IndicatorAssessedOutsideV1 } from '@aiqyn/contracts';
import { type Caller, Can, From, IsBin } from '@aiqyn/platform';
import { organisationOnly } from '../../people/own-body.rules.js';
import { partOf, PartPath } from '../goal-case/fields.dto.js';
import { GoalMoves } from '../goal-case/goal-moves.js';
import { assessed, OUTSIDE_REASONS } from './outside.rules.js';

export class AssessOutside {
  @IsIn(GOAL_STATUSES) status: GoalStatus;
  @IsIn(OUTSIDE_REASONS) reason: (typeof OUTSIDE_REASONS)[number];
  /** Where the assessment can be read. */
  @IsUrl({ protocols: ['https'], require_protocol: true, disallow_auth: true }) @MaxLength(300) link: string;
  @IsBin() assessorBin: string;
}

/** What a body outside thinks of an indicator, beside the official status and never in its place. */
@Controller('v1/goals/:id/indicators/:code')
export class AssessOutsideController {
  constructor(private readonly moves: GoalMoves) {}

  @Post('outside-assessments')
  @HttpCode(200)
  @Can('goal:assess')
  assess(@Param() { id, code }: PartPath, @Body() body: AssessOutside, @From() caller: Caller): Promise<object> {
    organisationOnly(body.assessorBin, 'assessorBin');
    return this.moves.step(
      ...([id, caller] as const),
      (goal, day) => {
        const before = partOf(goal.indicators, code, 'code');
        const told = { ...body, day, by: caller.id, department: caller.subject?.department };
        const indicator = assessed(before, goal.organisationBin, told);
        const { status, reason, assessorBin } = body;
        const event = Object.assign(new IndicatorAssessedOutsideV1(), {
          ...{ indicator: code, day, status, reason, assessorBin },
        });
        return { indicator, event, reason };
      },
      { fromOutside: true },
    );
  }
}
