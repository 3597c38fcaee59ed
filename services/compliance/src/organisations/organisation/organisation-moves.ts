import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import {
  addDays,
  type ComplianceTerm,
  dayStartUtc,
  type GradeCause,
  OrganisationGradeChangedV1,
  OrganisationTermMissedV1,
} from '@aiqyn/contracts';
import { type Caller, change, Clock, Commands, type Doc, load, Timers, type Tx } from '@aiqyn/platform';
import { known } from '../../people/known-row.js';
import { type Order, ORDERS } from '../answer-for-breach/order.schema.js';
import { type Assessment, ASSESSMENTS } from '../assessment/assessment.schema.js';
import { type Evidence, EVIDENCE } from '../prove-requirement/evidence.schema.js';
import type { Catalogue } from '../score-compliance/catalogue.rules.js';
import type { Level } from '../score-compliance/claim.rules.js';
import { type Score, scoreOf } from '../score-compliance/score.rules.js';
import { OrganisationPolicies } from './organisation-policies.js';
import { type Organisation, ORGANISATIONS, type Standing } from './organisation.schema.js';
import { verifiedLevels } from './verified.rules.js';

const VACANCY = 'organisation-vacancy';

/** What becomes of an organisation besides its grade. */
export interface OrganisationStep {
  readonly set?: Doc;
  readonly events?: readonly object[];
  /** Why the grade may move; left out when it cannot. */
  readonly cause?: GradeCause;
  readonly causeId?: string;
}

/** The one way in which an organisation goes on: state, grade, events, audit entry. */
@Injectable()
export class OrganisationMoves {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly policies: OrganisationPolicies,
    timers: Timers,
  ) {
    timers.on(VACANCY, async (data, { tx }) => {
      const row = await this.load(tx, String(data['organisationBin']));
      const { vacancyDue } = row;
      if (!vacancyDue || vacancyDue !== data['dueDay']) return;
      await this.missed(tx, row, 'vacancy', row._id, vacancyDue);
    });
  }

  /** An organisation; throws NotFound. */
  load(tx: Tx, bin: string): Promise<Organisation> {
    return load<Organisation>(tx, this.connection, ORGANISATIONS, bin);
  }

  /** An organisation as it is known to who works for a department; throws NotFound for another's. */
  known(tx: Tx, bin: string, caller: Caller): Promise<Organisation> {
    return known<Organisation>(tx, this.connection, ORGANISATIONS, bin, caller, ({ _id }) => _id);
  }

  /** Changes an organisation as `decide` says. */
  step(
    bin: string,
    caller: Caller,
    decide: (row: Organisation, day: string, tx: Tx) => OrganisationStep | Promise<OrganisationStep>,
  ): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const row = await this.known(tx, bin, caller);
      const step = await decide(row, this.clock.today(), tx);
      const { state = row.state } = (step.set ?? {}) as { state?: string };
      tx.audit({ actor: caller.id, action: caller.permission!, resource: bin, outcome: 'done', reason: state });
      const version = await this.settle(tx, row, step);
      return { organisationBin: bin, state, version };
    });
  }

  /** Begins the term to fill the service, or ends it. */
  watchVacancy(tx: Tx, organisationBin: string, dueDay: string | undefined): void {
    tx.cancel(VACANCY, organisationBin);
    if (dueDay) tx.schedule(VACANCY, organisationBin, dayStartUtc(addDays(dueDay, 1)), { organisationBin, dueDay });
  }

  /** Says once that a term passed. */
  async missed(tx: Tx, row: Organisation, term: ComplianceTerm, subjectId: string, dueDay: string): Promise<void> {
    const event = { organisationBin: row._id, day: addDays(dueDay, 1), term, subjectId, dueDay };
    tx.audit({ actor: `${term}-term`, action: 'organisation:late', resource: row._id, outcome: 'done', reason: term });
    await this.settle(tx, row, { events: [Object.assign(new OrganisationTermMissedV1(), event)] });
  }

  /** Computes the grade anew, when the organisation is registered, and says when it moved. */
  async regrade(tx: Tx, organisationBin: string, cause: GradeCause, causeId: string): Promise<void> {
    const rows: mongo.Collection<Organisation> = this.connection.db!.collection(ORGANISATIONS);
    const row = await rows.findOne({ _id: { $eq: organisationBin } }, { session: tx.session });
    if (row) await this.settle(tx, row, { cause, causeId });
  }

  /**
   * Stores a step with the grade as it is then. The row is changed even when nothing of it moves: two facts that arrive at once
   * would otherwise each be judged without the other.
   */
  async settle(tx: Tx, row: Organisation, step: OrganisationStep): Promise<number> {
    const day = this.clock.today();
    const next = { ...row, ...step.set };
    const events = [...(step.events ?? [])];
    const { cause, causeId } = step;
    let standing = next.standing;
    if (standing && cause) {
      const assessment = await load<Assessment>(tx, this.connection, ASSESSMENTS, standing.assessmentId);
      const { verified: score } = await this.scores(tx, next, assessment, assessment.found!, day);
      const before = standing;
      standing = standingOf(before.assessmentId, before.self, score, day);
      if (before.grade !== standing.grade || before.status !== standing.status)
        events.push(
          Object.assign(new OrganisationGradeChangedV1(), {
            ...{ organisationBin: row._id, day, cause, causeId, catalogue: score.catalogue, status: score.status },
            ...(before.grade ? { oldGrade: before.grade } : {}),
            ...(standing.grade ? { newGrade: standing.grade } : {}),
            ...{ oldScore: before.verified, newScore: standing.verified },
          }),
        );
    }
    return change(tx, ORGANISATIONS, row, { ...step.set, standing }, ...events);
  }

  /** What the organisation claimed and what is found, both with what is deducted on the day. */
  async scores(
    tx: Tx,
    { _id: organisationBin, breach }: Organisation,
    { claims, planDueDay, catalogue: id }: Assessment,
    found: readonly { readonly requirement: string; readonly level: Level }[],
    day: string,
  ): Promise<{
    readonly catalogue: Catalogue;
    readonly self: Score;
    readonly verified: Score;
    readonly levels: ReadonlyMap<string, Level>;
  }> {
    // What this transaction has gathered counts too.
    await tx.flush();
    const options = { session: tx.session };
    const of = { organisationBin: { $eq: organisationBin } };
    const db = this.connection.db!;
    const proofs = await db
      .collection<Evidence>(EVIDENCE)
      .find({ ...of, state: 'accepted' }, options)
      .toArray();
    const deductions = await db.collection<Order>(ORDERS).find(of, options).toArray();
    const catalogue = this.policies.of(id);
    const levels = verifiedLevels(catalogue, found, proofs, day);
    const facts = {
      day,
      deductions,
      independenceBreached: breach !== undefined,
      ...(planDueDay ? { planDueDay } : {}),
    };
    const self = new Map((claims ?? []).map(({ requirement, level }) => [requirement, level]));
    return {
      ...{ catalogue, levels, self: scoreOf(catalogue, { ...facts, levels: self }) },
      verified: scoreOf(catalogue, { ...facts, levels }),
    };
  }
}

/** A score as an organisation keeps it. */
export const standingOf = (assessmentId: string, self: number, verified: Score, day: string): Standing => ({
  ...{ assessmentId, day, catalogue: verified.catalogue, verified: verified.score, self },
  ...(verified.grade ? { grade: verified.grade } : {}),
  ...{ status: verified.status, gates: verified.gates, deducted: verified.deducted },
});
