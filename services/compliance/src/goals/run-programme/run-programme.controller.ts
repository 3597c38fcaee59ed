import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type Caller, Can, From, NotFound, type Page, pageById, PageQuery } from '@aiqyn/platform';
import { mayKnow, ownBody } from '../../people/own-body.rules.js';
import { GoalMoves } from '../goal-case/goal-moves.js';
import { Goal } from '../goal-case/goal.schema.js';
import { judgeApproval } from '../programme/programme-states.rules.js';
import { Programme } from '../programme/programme.schema.js';
import { Programmes } from '../programme/programmes.js';
import { rollUp } from './roll-up.rules.js';

/** A programme is approved by another person than who planned it, runs, and is closed; its counts sum to the total. */
@Controller('v1/programmes')
export class RunProgrammeController {
  constructor(
    @InjectModel(Programme.name) private readonly all: Model<Programme>,
    @InjectModel(Goal.name) private readonly goals: Model<Goal>,
    private readonly programmes: Programmes,
    private readonly moves: GoalMoves,
  ) {}

  @Get()
  @Can('goal:read')
  list(@Query() query: PageQuery, @From() caller: Caller): Promise<Page<object>> {
    const own = ownBody(caller.subject?.department);
    return pageById(this.all, query, { filter: own ? { organisationBin: own } : {}, hide: ['events'] });
  }

  @Get(':id')
  @Can('goal:read')
  async read(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    const programme = await this.all.findOne({ _id: { $eq: id } }, { events: 0 }).lean<Programme>();
    if (!programme || !mayKnow(caller.subject?.department, programme)) throw new NotFound();
    const goals = await this.goals
      .find({ programmeId: { $eq: id } }, { 'indicators.status': 1, 'indicators.outcome': 1, 'milestones.state': 1 })
      .sort({ code: 1 })
      .lean<Goal[]>();
    return { ...programme, counts: rollUp(goals) };
  }

  @Post(':id/approval')
  @HttpCode(200)
  @Can('programme:approve')
  approve(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    return this.programmes.move(id, caller, 'approved', ({ planners, edition }, goals, _, approvedDay) => {
      judgeApproval(caller.id, planners, goals);
      return { approvedBy: caller.id, approvedDay, edition: edition + 1 };
    });
  }

  /** Taken back to be revised; the next approval is the next edition. */
  @Post(':id/revision')
  @HttpCode(200)
  @Can('programme:plan')
  revise(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    return this.programmes.move(id, caller, 'draft', () => undefined);
  }

  @Post(':id/start')
  @HttpCode(200)
  @Can('programme:plan')
  start(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    return this.programmes.move(id, caller, 'running', (_, goals, tx) => {
      for (const goal of goals) this.moves.begin(tx, goal);
    });
  }

  @Post(':id/closure')
  @HttpCode(200)
  @Can('programme:approve')
  close(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    return this.programmes.move(id, caller, 'closed', (_, goals, tx) => {
      for (const goal of goals) this.moves.end(tx, goal);
    });
  }
}
