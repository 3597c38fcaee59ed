import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { IsIn } from 'class-validator';
import type { Model } from 'mongoose';
import { addDays, AssessmentMovedV1, RuleError } from '@aiqyn/contracts';
import {
  type Caller,
  Can,
  Clock,
  Commands,
  create,
  From,
  IsBin,
  NotFound,
  type Page,
  pageById,
  PageQuery,
} from '@aiqyn/platform';
import { MayBeMissing } from '../../people/fields.dto.js';
import { mayKnow, ownBody } from '../../people/own-body.rules.js';
import { AssessmentMoves, noneUnderWay } from '../assessment/assessment-moves.js';
import { Assessment, ASSESSMENTS } from '../assessment/assessment.schema.js';
import { ASSESSMENT_STATES, type AssessmentState } from '../assessment/assessment-states.rules.js';
import { OrganisationMoves } from '../organisation/organisation-moves.js';
import { OrganisationPolicies } from '../organisation/organisation-policies.js';
import { levelsOf } from '../score-compliance/claim.rules.js';
import { Levels } from './self-assess.dto.js';

export class OpenAssessment {
  @IsBin() organisationBin: string;
}

export class AssessmentsQuery extends PageQuery {
  @MayBeMissing() @IsBin() organisationBin?: string;
  @MayBeMissing() @IsIn(ASSESSMENT_STATES) state?: AssessmentState;
}

/** An organisation says of itself how far it is. */
@Controller('v1/assessments')
export class SelfAssessController {
  constructor(
    @InjectModel(Assessment.name) private readonly assessments: Model<Assessment>,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly moves: AssessmentMoves,
    private readonly organisations: OrganisationMoves,
    private readonly policies: OrganisationPolicies,
  ) {}

  @Get()
  @Can('organisation:read')
  list(@Query() query: AssessmentsQuery, @From() caller: Caller): Promise<Page<object>> {
    const { organisationBin = ownBody(caller.subject?.department), state } = query;
    if (organisationBin && !mayKnow(caller.subject?.department, { organisationBin }))
      return Promise.resolve({ items: [] });
    const filter = { ...(organisationBin ? { organisationBin } : {}), ...(state ? { state } : {}) };
    return pageById(this.assessments, query, { filter, hide: ['events', 'claims', 'found', 'sample'] });
  }

  /** Also known to who reviews it, of another organisation though they are. */
  @Get(':id')
  @Can('organisation:read')
  async read(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    const found = await this.assessments.findOne({ _id: { $eq: id } }).lean<Assessment>();
    if (!found || (!mayKnow(caller.subject?.department, found) && found.reviewer?.id !== caller.id))
      throw new NotFound();
    const { _id: assessmentId, events: _, self, verified, ...shown } = found;
    const scores = self === undefined || verified === undefined ? {} : { self, verified, gap: self - verified };
    return { assessmentId, ...shown, ...scores };
  }

  @Post()
  @Can('organisation:register')
  open(@Body() { organisationBin }: OpenAssessment, @From() caller: Caller): Promise<object> {
    const assessmentId = randomUUID();
    return this.commands.run(caller, async (tx) => {
      const organisation = await this.organisations.known(tx, organisationBin, caller);
      noneUnderWay(organisation);
      // An organisation without an officer is assessed too: that it has none is what is found.
      if (organisation.state === 'registered')
        throw new RuleError('out_of_order', 'nobody was appointed yet who could assess');
      const day = this.clock.today();
      const catalogue = this.policies.on(day);
      const dueDay = addDays(day, catalogue.terms.selfAssessmentDays);
      const state = 'open';
      const row = { _id: assessmentId, organisationBin, catalogue: catalogue.id, state, openedDay: day, dueDay };
      const event = Object.assign(new AssessmentMovedV1(), { assessmentId, organisationBin, day, state, dueDay });
      create(tx, ASSESSMENTS, { ...row, openedBy: caller.id }, event);
      this.moves.begin(tx, assessmentId, dueDay);
      await this.organisations.settle(tx, organisation, { set: { current: assessmentId } });
      tx.audit({ actor: caller.id, action: caller.permission!, resource: assessmentId, outcome: 'done' });
      return { assessmentId, state, dueDay, catalogue: catalogue.id, version: 1 };
    });
  }

  @Post(':id/self-assessment')
  @HttpCode(200)
  @Can('organisation:assess')
  assess(@Param('id', ParseUUIDPipe) id: string, @Body() { levels }: Levels, @From() caller: Caller): Promise<object> {
    const { department } = caller.subject ?? {};
    return this.moves.step(id, caller, 'own', ({ catalogue, day }) => {
      levelsOf(catalogue, levels);
      return {
        to: 'self-assessed',
        dueDay: this.policies.workingDay(day, catalogue.terms.reviewWorkingDays),
        set: { claims: levels, assessor: { id: caller.id, day, ...(department ? { department } : {}) } },
      };
    });
  }
}
