import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import {
  addDays,
  AssessmentMovedV1,
  AssessmentOverstatedV1,
  dayStartUtc,
  OrganisationAssessedV1,
  RuleError,
} from '@aiqyn/contracts';
import { type Caller, change, Clock, Commands, type Doc, load, Timers, type Tx } from '@aiqyn/platform';
import { known, type Who } from '../../people/known-row.js';
import { OrganisationMoves, type OrganisationStep, standingOf } from '../organisation/organisation-moves.js';
import { OrganisationPolicies } from '../organisation/organisation-policies.js';
import type { Organisation } from '../organisation/organisation.schema.js';
import type { Catalogue } from '../score-compliance/catalogue.rules.js';
import { type Assessment, ASSESSMENTS, type Found } from './assessment.schema.js';
import { type AssessmentState, moveAssessment, termOf } from './assessment-states.rules.js';

const LATE = 'assessment-late';
const FINAL = 'assessment-final';
const PLAN_OVERDUE = 'assessment-plan-overdue';

export interface AssessmentStep {
  readonly to: AssessmentState;
  readonly set?: Doc;
  /** The last day of the step after this one. */
  readonly dueDay?: string;
  readonly events?: readonly object[];
  /** What becomes of the organisation with it. */
  readonly organisation?: OrganisationStep;
  readonly answer?: object;
}

interface At {
  readonly assessment: Assessment;
  readonly organisation: Organisation;
  readonly catalogue: Catalogue;
  readonly day: string;
  readonly tx: Tx;
}

/** The one way in which an assessment goes on: state, terms, the grade of the organisation, events, audit entry. */
@Injectable()
export class AssessmentMoves {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly organisations: OrganisationMoves,
    private readonly policies: OrganisationPolicies,
    timers: Timers,
  ) {
    timers.on(LATE, async (data, { tx }) => {
      const { assessment, organisation } = await this.at(tx, await this.load(tx, data));
      const term = termOf(assessment.state);
      if (!term || !assessment.dueDay || assessment.dueDay !== data['dueDay']) return;
      await this.organisations.missed(tx, organisation, term, assessment._id, assessment.dueDay);
    });
    timers.on(FINAL, async (data, { tx }) => {
      const at = await this.at(tx, await this.load(tx, data));
      // An objection stops it.
      if (at.assessment.state !== 'result-draft' || at.assessment.dueDay !== data['dueDay']) return;
      await this.apply(at, FINAL, 'assessment:final', await this.final(at, at.assessment.found!));
    });
    timers.on(PLAN_OVERDUE, async (data, { tx }) => {
      const { assessment } = await this.at(tx, await this.load(tx, data));
      if (!assessment.planDueDay || assessment.planDueDay !== data['dueDay']) return;
      const { _id, organisationBin } = assessment;
      tx.audit({ actor: PLAN_OVERDUE, action: 'organisation:regrade', resource: organisationBin, outcome: 'done' });
      await this.organisations.regrade(tx, organisationBin, 'plan-overdue', _id);
    });
  }

  /** Changes an assessment as `decide` says: by somebody of the organisation, or by somebody of another one. */
  step(
    id: string,
    caller: Caller,
    who: Who,
    decide: (at: At) => AssessmentStep | Promise<AssessmentStep>,
  ): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const own = (row: Assessment): string => row.organisationBin;
      const at = await this.at(tx, await known<Assessment>(tx, this.connection, ASSESSMENTS, id, caller, own, who));
      return this.apply(at, caller.id, caller.permission!, await decide(at));
    });
  }

  /** Begins the term of the first step. */
  begin(tx: Tx, assessmentId: string, dueDay: string): void {
    tx.schedule(LATE, assessmentId, dayStartUtc(addDays(dueDay, 1)), { assessmentId, dueDay });
  }

  /** A draft of the result, with the scores that it comes to today. */
  async draft(at: At, found: readonly Found[], set: Doc): Promise<AssessmentStep> {
    moveAssessment(at.assessment.state, 'result-draft');
    const { self, verified } = await this.organisations.scores(at.tx, at.organisation, at.assessment, found, at.day);
    const dueDay = this.policies.workingDay(at.day, at.catalogue.terms.objectionWorkingDays);
    const scores = { self: self.score, verified: verified.score };
    return { to: 'result-draft', dueDay, set: { ...set, found, ...scores }, answer: scores };
  }

  /** The result stands: the organisation has its grade, and a plan to hand in for what is mandatory and too low. */
  async final(at: At, found: readonly Found[], set: Doc = {}): Promise<AssessmentStep> {
    const { assessment, day, catalogue, tx } = at;
    moveAssessment(assessment.state, 'final');
    const { _id: assessmentId, organisationBin, openedDay } = assessment;
    // A breach of before the assessment was looked at in it.
    const breach =
      at.organisation.breach && at.organisation.breach.day >= openedDay ? at.organisation.breach : undefined;
    const organisation = { ...at.organisation };
    if (!breach) delete organisation.breach;
    const { self, verified, levels } = await this.organisations.scores(tx, organisation, assessment, found, day);
    const { overstatedGap, remedialPlanBelow, remedialPlanDays } = catalogue.terms;
    const planFor = catalogue.requirements
      .filter(({ code, mandatory }) => {
        const level = levels.get(code) ?? 0;
        return mandatory && level !== 'NA' && level < remedialPlanBelow;
      })
      .map(({ code }) => code);
    const planDueDay = planFor.length > 0 ? addDays(day, remedialPlanDays) : undefined;
    const scores = { self: self.score, verified: verified.score };
    const overstated = self.score - verified.score >= overstatedGap * 100;
    const standing = standingOf(assessmentId, self.score, verified, day);
    return {
      to: 'final',
      ...(planDueDay ? { dueDay: planDueDay } : {}),
      set: { ...set, found, ...scores, finalDay: day, planFor, planDueDay },
      events: overstated
        ? [Object.assign(new AssessmentOverstatedV1(), { assessmentId, organisationBin, day, ...scores })]
        : [],
      organisation: {
        set: { current: undefined, standing, breach },
        events: [
          Object.assign(new OrganisationAssessedV1(), {
            ...{ organisationBin, assessmentId, day, ...(verified.grade ? { grade: verified.grade } : {}) },
            ...{ status: verified.status, ...scores, gates: verified.gates, catalogue: catalogue.id },
          }),
        ],
      },
      answer: { ...scores, ...(verified.grade ? { grade: verified.grade } : {}), status: verified.status, planFor },
    };
  }

  private load(tx: Tx, data: Doc): Promise<Assessment> {
    return load<Assessment>(tx, this.connection, ASSESSMENTS, String(data['assessmentId']));
  }

  private async at(tx: Tx, assessment: Assessment): Promise<At> {
    const organisation = await this.organisations.load(tx, assessment.organisationBin);
    return { assessment, organisation, catalogue: this.policies.of(assessment.catalogue), day: this.clock.today(), tx };
  }

  private async apply(
    { assessment, organisation, day, catalogue, tx }: At,
    actor: string,
    action: string,
    step: AssessmentStep,
  ): Promise<object> {
    const { _id: assessmentId, organisationBin } = assessment;
    const state = moveAssessment(assessment.state, step.to);
    const { dueDay } = step;
    const due = dueDay ? { dueDay } : {};
    const event = Object.assign(new AssessmentMovedV1(), { assessmentId, organisationBin, day, state, ...due });
    for (const kind of [LATE, FINAL, PLAN_OVERDUE]) tx.cancel(kind, assessmentId);
    if (dueDay) {
      const kind = state === 'result-draft' ? FINAL : LATE;
      tx.schedule(kind, assessmentId, dayStartUtc(addDays(dueDay, 1)), { assessmentId, dueDay });
    }
    const { planDueDay } = { ...assessment, ...step.set };
    const grace = catalogue.scoring.gates.find(({ when }) => when === 'plan-overdue')?.days;
    if (planDueDay && grace !== undefined) {
      const at = dayStartUtc(addDays(planDueDay, grace + 1));
      tx.schedule(PLAN_OVERDUE, assessmentId, at, { assessmentId, dueDay: planDueDay });
    }
    tx.audit({ actor, action, resource: assessmentId, outcome: 'done', reason: state });
    const set = { ...step.set, state, dueDay };
    const version = change(tx, ASSESSMENTS, assessment, set, event, ...(step.events ?? []));
    if (step.organisation) {
      // The grade is computed from what this step stores.
      await tx.flush();
      await this.organisations.settle(tx, organisation, step.organisation);
    }
    return { assessmentId, state, ...due, ...step.answer, version };
  }
}

/** Throws RuleError `out_of_order` when an assessment of the organisation is under way. */
export function noneUnderWay({ current }: Organisation): void {
  if (current) throw new RuleError('out_of_order', 'an assessment is under way');
}
