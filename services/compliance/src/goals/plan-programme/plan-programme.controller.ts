import { randomUUID } from 'node:crypto';
import { Body, Controller, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, Clock, Commands, create, From, type Tx } from '@aiqyn/platform';
import { organisationOnly } from '../../people/own-body.rules.js';
import { mayTell } from '../../people/own-body.rules.js';
import { PersonIds } from '../../people/person-ids.js';
import { GoalPath } from '../goal-case/fields.dto.js';
import { GoalMoves } from '../goal-case/goal-moves.js';
import { GoalPolicies } from '../goal-case/goal-policies.js';
import { unmeasured, worst } from '../goal-case/goal-status.rules.js';
import { GOALS } from '../goal-case/goal.schema.js';
import { judgeIndicator } from '../goal-case/indicator.rules.js';
import { MOST_GOALS } from '../programme/programme-states.rules.js';
import { PROGRAMMES } from '../programme/programme.schema.js';
import { Programmes } from '../programme/programmes.js';
import { PlanGoal, PlanIndicator, PlanMilestone, PlanProgramme } from './plan-programme.dto.js';
import { within, withPart } from './plan.rules.js';

/** A programme is planned: its goals, how each is measured, what is to be done by when, and who answers. */
@Controller('v1')
export class PlanProgrammeController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly programmes: Programmes,
    private readonly moves: GoalMoves,
    private readonly policies: GoalPolicies,
    private readonly persons: PersonIds,
    private readonly clock: Clock,
  ) {}

  @Post('programmes')
  @Can('programme:plan')
  plan(@Body() body: PlanProgramme, @From() caller: Caller): Promise<object> {
    this.ofOrganisation(body.organisationBin, caller);
    if (body.endDay <= body.startDay)
      throw new RuleError('day_out_of_range', 'endDay must be after startDay', { field: 'endDay' });
    const programmeId = randomUUID();
    return this.commands.run(caller, async (tx) => {
      if ((await this.count(tx, PROGRAMMES, { code: body.code })) > 0)
        throw new RuleError('already_done', 'there is a programme with this code');
      const row = { ...body, state: 'draft', edition: 0, planners: [caller.id] };
      create(tx, PROGRAMMES, { _id: programmeId, ...row });
      tx.audit({ actor: caller.id, action: 'programme:plan', resource: programmeId, outcome: 'done' });
      return { programmeId, state: 'draft', version: 1 };
    });
  }

  @Post('programmes/:id/goals')
  @Can('programme:plan')
  goal(@Param('id', ParseUUIDPipe) id: string, @Body() body: PlanGoal, @From() caller: Caller): Promise<object> {
    const goalId = randomUUID();
    return this.commands.run(caller, async (tx) => {
      const programme = await this.programmes.planning(tx, id, caller);
      const organisationBin = body.organisationBin ?? programme.organisationBin;
      this.ofOrganisation(organisationBin, caller);
      if ((await this.count(tx, GOALS, { programmeId: id, code: body.code })) > 0)
        throw new RuleError('already_done', 'the programme has a goal with this code');
      if ((await this.count(tx, GOALS, { programmeId: id })) >= MOST_GOALS)
        throw new RuleError('too_many', `a programme has at most ${MOST_GOALS} goals`);
      const row = {
        ...{
          ...body,
          organisationBin,
          programmeId: id,
          state: 'draft',
          status: worst([]),
          indicators: [],
          milestones: [],
        },
        ...{ policy: this.policies.clock.goals.id, settledDay: this.clock.today() },
      };
      create(tx, GOALS, { _id: goalId, ...row });
      tx.audit({ actor: caller.id, action: 'programme:plan', resource: goalId, outcome: 'done' });
      return { goalId, version: 1 };
    });
  }

  @Post('goals/:id/indicators')
  @Can('programme:plan')
  indicator(@Param() { id }: GoalPath, @Body() body: PlanIndicator, @From() caller: Caller): Promise<object> {
    const { accountable, contributors = [], ...facts } = body;
    judgeIndicator(this.policies.clock.goals, facts);
    const { position, officialIin } = accountable;
    const officialId = this.persons.of(officialIin);
    return this.moves.step(
      ...([id, caller] as const),
      async (goal, _, tx) => {
        const programme = await this.programmes.planning(tx, goal.programmeId!, caller);
        // The baseline may be older than the programme.
        within(facts.dueDay, programme, 'dueDay');
        const terms = [{ position, officialId, from: facts.startDay }];
        const indicator = { ...unmeasured(), ...facts, contributors, terms };
        return { set: { indicators: withPart(goal.indicators, indicator) }, reason: facts.code };
      },
      { state: 'draft' },
    );
  }

  @Post('goals/:id/milestones')
  @Can('programme:plan')
  milestone(@Param() { id }: GoalPath, @Body() body: PlanMilestone, @From() caller: Caller): Promise<object> {
    return this.moves.step(
      ...([id, caller] as const),
      async (goal, _, tx) => {
        within(body.dueDay, await this.programmes.planning(tx, goal.programmeId!, caller), 'dueDay');
        const milestone = { ...body, state: 'planned' as const };
        return { set: { milestones: withPart(goal.milestones, milestone) }, reason: body.code };
      },
      { state: 'draft' },
    );
  }

  private ofOrganisation(organisationBin: string | undefined, { subject }: Caller): void {
    if (organisationBin !== undefined) {
      organisationOnly(organisationBin, 'organisationBin');
      mayTell(subject?.department, organisationBin);
      return;
    }
    // What names no organisation is of the state, and planned by who works for all.
    mayTell(subject?.department, '');
  }

  private count(tx: Tx, collection: string, filter: object): Promise<number> {
    return this.connection.db!.collection(collection).countDocuments(filter, { session: tx.session });
  }
}
