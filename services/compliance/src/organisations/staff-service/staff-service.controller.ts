import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import {
  addDays,
  type IndependenceBreach,
  OrganisationIndependenceBreachedV1,
  OrganisationServiceMovedV1,
  RuleError,
} from '@aiqyn/contracts';
import { type Caller, Can, From, type Tx } from '@aiqyn/platform';
import { dayBetween } from '../../people/steps.rules.js';
import { PersonIds } from '../../people/person-ids.js';
import { type Incident, INCIDENTS } from '../handle-incident/incident.schema.js';
import { OrganisationMoves, type OrganisationStep } from '../organisation/organisation-moves.js';
import { OrganisationPolicies } from '../organisation/organisation-policies.js';
import type { Organisation } from '../organisation/organisation.schema.js';
import { moveService } from '../organisation/service-states.rules.js';
import { breachOn, isRemoval } from './independence.rules.js';
import { AppointOfficer, ChangeReportingLine, CutPay, OfficerLeaves } from './staff-service.dto.js';

/** Who the compliance officer is and whom they report to, and what is done to them while they inquire. */
@Controller('v1/organisations')
export class StaffServiceController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly moves: OrganisationMoves,
    private readonly policies: OrganisationPolicies,
    private readonly persons: PersonIds,
  ) {}

  @Post(':id/officer')
  @HttpCode(200)
  @Can('organisation:staff')
  appoint(@Param('id') id: string, @Body() body: AppointOfficer, @From() caller: Caller): Promise<object> {
    const { officerIin, appointedDay, actNumber, regulationNumber, reportingLine } = body;
    return this.moves.step(id, caller, ({ state, formerOfficers = [] }, today, tx) => {
      const to = moveService(state, 'service-appointed');
      // Two officers do not answer for one day.
      dayBetween(appointedDay, formerOfficers.at(-1)?.leftDay ?? '1991-12-16', today, 'appointedDay');
      this.moves.watchVacancy(tx, id, undefined);
      const officer = { id: this.persons.of(officerIin), appointedDay, actNumber, regulationNumber, by: caller.id };
      return {
        set: { state: to, officer, reportingLine, vacancyDue: undefined },
        events: [this.moved(id, today, to, { reportingLine })],
      };
    });
  }

  @Post(':id/officer-departure')
  @HttpCode(200)
  @Can('organisation:staff')
  leave(@Param('id') id: string, @Body() body: OfficerLeaves, @From() caller: Caller): Promise<object> {
    const { leftDay, reason } = body;
    return this.moves.step(id, caller, async (row, today, tx) => {
      const to = moveService(row.state, 'service-vacant');
      dayBetween(leftDay, row.officer!.appointedDay, today, 'leftDay');
      const vacancyDue = addDays(leftDay, this.policies.on(today).terms.vacancyDays);
      this.moves.watchVacancy(tx, id, vacancyDue);
      const formerOfficers = [...(row.formerOfficers ?? []), { ...row.officer!, leftDay, reason }];
      const set = { state: to, officer: undefined, reportingLine: undefined, formerOfficers, vacancyDue };
      const events = [this.moved(id, today, to)];
      return isRemoval(reason)
        ? this.withBreach(tx, row, 'officer-removed', leftDay, { set, events })
        : { set, events };
    });
  }

  @Post(':id/reporting-line')
  @HttpCode(200)
  @Can('organisation:staff')
  line(@Param('id') id: string, @Body() body: ChangeReportingLine, @From() caller: Caller): Promise<object> {
    const { changedDay, reportingLine } = body;
    return this.moves.step(id, caller, (row, today, tx) => {
      this.inOffice(row, changedDay, today, 'changedDay');
      if (row.reportingLine === reportingLine)
        throw new RuleError('already_done', 'the officer reports there', { field: 'reportingLine' });
      const events = [this.moved(id, today, row.state, { reportingLine })];
      return this.withBreach(tx, row, 'reporting-line-changed', changedDay, { set: { reportingLine }, events });
    });
  }

  /** How much is nobody's business here; that it was cut, and when, is. */
  @Post(':id/pay-cut')
  @HttpCode(200)
  @Can('organisation:staff')
  cut(@Param('id') id: string, @Body() { cutDay, actNumber }: CutPay, @From() caller: Caller): Promise<object> {
    return this.moves.step(id, caller, (row, today, tx) => {
      this.inOffice(row, cutDay, today, 'cutDay');
      const { payCuts = [] } = row;
      if (payCuts.some((one) => one.actNumber === actNumber))
        throw new RuleError('already_done', 'this act is told', { field: 'actNumber' });
      const set = { payCuts: [...payCuts, { day: cutDay, actNumber, by: caller.id }] };
      return this.withBreach(tx, row, 'pay-cut', cutDay, { set });
    });
  }

  private inOffice({ officer }: Organisation, day: string, today: string, field: string): void {
    if (!officer) throw new RuleError('out_of_order', 'there is no officer');
    dayBetween(day, officer.appointedDay, today, field);
  }

  private moved(organisationBin: string, day: string, state: string, more: object = {}): object {
    return Object.assign(new OrganisationServiceMovedV1(), { organisationBin, day, state, ...more });
  }

  /** The step, and the breach of independence that it is while an inquiry is open: said at once, with the grade that it leaves. */
  private async withBreach(
    tx: Tx,
    { _id: organisationBin, breach: earlier }: Organisation,
    cause: IndependenceBreach,
    day: string,
    step: OrganisationStep,
  ): Promise<OrganisationStep> {
    const rows = await this.connection
      .db!.collection<Incident>(INCIDENTS)
      .find({ organisationBin: { $eq: organisationBin }, inquiryDay: { $exists: true } }, { session: tx.session })
      .toArray();
    const inquiries = rows.map(({ _id: incidentId, inquiryDay: from, inquiryEndDay: to }) => ({
      ...{ incidentId, from: from! },
      ...(to ? { to } : {}),
    }));
    const breach = breachOn(cause, day, inquiries);
    if (!breach) return step;
    const event = Object.assign(new OrganisationIndependenceBreachedV1(), { organisationBin, ...breach });
    tx.audit({
      ...{ actor: 'independence', action: 'organisation:breach', resource: organisationBin, outcome: 'done' },
      reason: cause,
    });
    return {
      set: { ...step.set, breach: earlier && earlier.day > day ? earlier : breach },
      events: [...(step.events ?? []), event],
      ...{ cause: 'independence-breached', causeId: breach.incidentId },
    };
  }
}
