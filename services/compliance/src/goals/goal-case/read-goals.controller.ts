import { Controller, Get, Param, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import type { Model } from 'mongoose';
import { GOAL_STATUSES, type GoalStatus } from '@aiqyn/contracts';
import { type Caller, Can, Clock, From, NotFound, type Page, pageById, PageQuery } from '@aiqyn/platform';
import { mayKnow, ownBody } from '../../people/own-body.rules.js';
import { accountableAt } from '../hand-over-goal/accountable.rules.js';
import { GoalPath } from './fields.dto.js';
import { Goal } from './goal.schema.js';

export class GoalsQuery extends PageQuery {
  @IsOptional() @IsUUID() programmeId?: string;
  @IsOptional() @IsIn(GOAL_STATUSES) status?: GoalStatus;
}

/** Goals with their indicators and milestones; a status is computed, or set by hand until the next measurement. */
@Controller('v1/goals')
export class ReadGoalsController {
  constructor(
    @InjectModel(Goal.name) private readonly goals: Model<Goal>,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('goal:read')
  async list(@Query() query: GoalsQuery, @From() caller: Caller): Promise<Page<object>> {
    const own = ownBody(caller.subject?.department);
    const { programmeId, status } = query;
    const filter = {
      ...(own ? { organisationBin: own } : {}),
      ...(programmeId ? { programmeId } : {}),
      ...(status ? { status } : {}),
    };
    const page = await pageById(this.goals, query, { filter, hide: ['events'] });
    return { ...page, items: page.items.map((goal) => this.shown(goal as Goal)) };
  }

  @Get(':id')
  @Can('goal:read')
  async read(@Param() { id }: GoalPath, @From() caller: Caller): Promise<object> {
    const goal = await this.goals.findOne({ _id: { $eq: id } }, { events: 0 }).lean<Goal>();
    if (!goal || !mayKnow(caller.subject?.department, goal)) throw new NotFound();
    return this.shown(goal);
  }

  /** The one indicator of a goal that a recommendation asked for stands at its top as well. */
  private shown(goal: Goal): object {
    const [only] = goal.indicators;
    if (!goal.recommendationId || !only) return goal;
    const { code: indicator, baseline, target, startDay, dueDay } = only;
    // Before the first term ever began, the first one who will answer.
    const { position } = accountableAt(only.terms, this.clock.today()) ?? only.terms[0]!;
    return { ...goal, indicator, baseline, target, startDay, dueDay, accountablePosition: position };
  }
}
