import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import { Matches } from 'class-validator';
import { type Connection, type Model } from 'mongoose';
import { GoalStatusChangedV1, RuleError } from '@aiqyn/contracts';
import { type Caller, Can, change, Clock, Commands, From, load, type Page, pageById, PageQuery } from '@aiqyn/platform';
import { GoalPolicies } from './goal-policies.js';
import { goalStatus } from './goal-status.rules.js';
import { Goal, GOALS } from './goal.schema.js';
import { MeasureGoal } from './measure-goal.dto.js';

export class GoalPath {
  @Matches(/^goal-[0-9a-f]{32}$/) id: string;
}

/** Goals and their measurements; the state is computed, never set by hand. */
@Controller('v1/goals')
export class GoalsController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(Goal.name) private readonly goals: Model<Goal>,
    private readonly commands: Commands,
    private readonly policies: GoalPolicies,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('goal:read')
  list(@Query() query: PageQuery): Promise<Page<object>> {
    return pageById(this.goals, query, { hide: ['events'] });
  }

  @Post(':id/measurements')
  @HttpCode(200)
  @Can('goal:measure')
  measure(@Param() { id }: GoalPath, @Body() body: MeasureGoal, @From() caller: Caller): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const goal = await load<Goal>(tx, this.connection, GOALS, id, caller.ifMatch);
      const today = this.clock.today();
      const last = goal.measurements.at(-1);
      if (body.day > today || body.day < goal.startDay || (last && body.day < last.day)) {
        throw new RuleError('day_out_of_range', 'day must be from the last measurement (or the start) to today', {
          field: 'day',
        });
      }
      const measurements = [...goal.measurements, { value: body.value, day: body.day, by: caller.id }];
      const status = goalStatus(this.policies.goals, goal, { value: body.value, day: body.day }, today);
      const event = Object.assign(new GoalStatusChangedV1(), { goalId: id, day: body.day, status, value: body.value });
      const version = change(tx, GOALS, goal, { measurements, status }, ...(status === goal.status ? [] : [event]));
      tx.audit({ actor: caller.id, action: 'goal:measure', resource: id, outcome: 'done' });
      return { goalId: id, status, version };
    });
  }
}
