import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { RuleError } from '@aiqyn/contracts';
import {
  type Caller,
  Can,
  Clock,
  Commands,
  create,
  type Doc,
  From,
  NotFound,
  type Page,
  pageById,
  PageQuery,
} from '@aiqyn/platform';
import { anotherPerson } from '../../people/steps.rules.js';
import { mayKnow, ofAnotherOrganisation } from '../../people/own-body.rules.js';
import { OrganisationMoves } from '../organisation/organisation-moves.js';
import { OrganisationPolicies } from '../organisation/organisation-policies.js';
import type { Requirement } from '../score-compliance/catalogue.rules.js';
import { requirementOf } from '../score-compliance/claim.rules.js';
import { expiresDay, isFresh, judgeEvidenceDay, judgeKind } from '../score-compliance/evidence.rules.js';
import { Evidence, EVIDENCE } from './evidence.schema.js';
import { evidenceMoved, EvidenceMoves } from './evidence-moves.js';
import type { EvidenceState } from './evidence-states.rules.js';
import { EvidenceTold, RejectEvidence, RequestEvidence, SubmitEvidence } from './prove-requirement.dto.js';

/** What proves a requirement: asked for, handed in, looked at by somebody of another organisation. */
@Controller('v1')
export class ProveRequirementController {
  constructor(
    @InjectModel(Evidence.name) private readonly evidence: Model<Evidence>,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly moves: EvidenceMoves,
    private readonly organisations: OrganisationMoves,
    private readonly policies: OrganisationPolicies,
  ) {}

  @Get('organisations/:id/evidence')
  @Can('organisation:read')
  list(@Param('id') id: string, @Query() query: PageQuery, @From() caller: Caller): Promise<Page<object>> {
    if (!mayKnow(caller.subject?.department, { organisationBin: id })) throw new NotFound();
    return pageById(this.evidence, query, { filter: { organisationBin: id }, hide: ['events'] });
  }

  @Post('organisations/:id/evidence-requests')
  @Can('organisation:review')
  request(@Param('id') id: string, @Body() body: RequestEvidence, @From() caller: Caller): Promise<object> {
    ofAnotherOrganisation(caller.subject?.department, id);
    this.requirement(body);
    return this.made(id, caller, 'requested', { ...body, requestedBy: caller.id });
  }

  @Post('organisations/:id/evidence')
  @Can('organisation:assess')
  submit(@Param('id') id: string, @Body() body: SubmitEvidence, @From() caller: Caller): Promise<object> {
    if (!mayKnow(caller.subject?.department, { organisationBin: id })) throw new NotFound();
    const { requirement, kind, ...told } = body;
    const submitted = this.submitted(this.requirement(body), told, caller);
    return this.made(id, caller, 'submitted', { requirement, kind, ...submitted });
  }

  @Post('evidence/:id/submission')
  @HttpCode(200)
  @Can('organisation:assess')
  answer(@Param('id', ParseUUIDPipe) id: string, @Body() body: EvidenceTold, @From() caller: Caller): Promise<object> {
    return this.moves.step(id, caller, 'own', (row) => ({
      to: 'submitted',
      set: this.submitted(this.requirement(row), body, caller),
    }));
  }

  @Post('evidence/:id/acceptance')
  @HttpCode(200)
  @Can('organisation:review')
  accept(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    return this.moves.step(id, caller, 'another', (row, day) => {
      anotherPerson(caller.id, [row.submittedBy], 'than who handed it in accepts it');
      if (row.state === 'submitted' && !isFresh(this.requirement(row), row, day))
        throw new RuleError('stale_evidence', 'what it speaks of is too long ago to count');
      return { to: 'accepted', set: { decidedBy: caller.id } };
    });
  }

  @Post('evidence/:id/rejection')
  @HttpCode(200)
  @Can('organisation:review')
  reject(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: RejectEvidence,
    @From() caller: Caller,
  ): Promise<object> {
    return this.moves.step(id, caller, 'another', (row) => {
      anotherPerson(caller.id, [row.submittedBy], 'than who handed it in rejects it');
      return { to: 'rejected', set: { decidedBy: caller.id, rejection: body.reason } };
    });
  }

  private requirement({ requirement, kind }: { requirement: string; kind: string }): Requirement {
    const found = requirementOf(this.policies.on(this.clock.today()), requirement, 'requirement');
    judgeKind(found, kind, 'kind');
    return found;
  }

  private submitted(requirement: Requirement, told: EvidenceTold, { id: submittedBy }: Caller): Doc {
    const uploadedDay = this.clock.today();
    judgeEvidenceDay(told.effectiveDay, uploadedDay, 'effectiveDay');
    return { ...told, uploadedDay, expiresDay: expiresDay(requirement, told.effectiveDay), submittedBy };
  }

  private made(organisationBin: string, caller: Caller, state: EvidenceState, set: Doc): Promise<object> {
    const evidenceId = randomUUID();
    return this.commands.run(caller, async (tx) => {
      await this.organisations.load(tx, organisationBin);
      const row = { _id: evidenceId, organisationBin, state, ...set } as Evidence;
      create(tx, EVIDENCE, { ...row }, evidenceMoved(row, this.clock.today()));
      tx.audit({ actor: caller.id, action: caller.permission!, resource: evidenceId, outcome: 'done', reason: state });
      return { evidenceId, state, ...(row.expiresDay ? { expiresDay: row.expiresDay } : {}), version: 1 };
    });
  }
}
