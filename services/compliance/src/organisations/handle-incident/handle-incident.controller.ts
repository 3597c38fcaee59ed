import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { IncidentMovedV1, RuleError } from '@aiqyn/contracts';
import {
  type Caller,
  Can,
  change,
  Clock,
  Commands,
  create,
  type Doc,
  From,
  NotFound,
  type Page,
  pageById,
  PageQuery,
  type Tx,
} from '@aiqyn/platform';
import { anotherPerson, dayBetween } from '../../people/steps.rules.js';
import { known } from '../../people/known-row.js';
import { mayKnow } from '../../people/own-body.rules.js';
import { Orders } from '../answer-for-breach/orders.js';
import { OrganisationMoves } from '../organisation/organisation-moves.js';
import { DecideIncident, NotifyBody, PlanRemedy, ReportIncident, TriageIncident } from './handle-incident.dto.js';
import { type IncidentState, judgeFinding, judgeNotified, moveIncident } from './incident-states.rules.js';
import { Incident, INCIDENTS } from './incident.schema.js';

/** What went wrong inside an organisation, from the word to the remedy that another person saw. */
@Controller('v1')
export class HandleIncidentController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(Incident.name) private readonly incidents: Model<Incident>,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly organisations: OrganisationMoves,
    private readonly orders: Orders,
  ) {}

  @Get('organisations/:id/incidents')
  @Can('organisation:read')
  list(@Param('id') id: string, @Query() query: PageQuery, @From() caller: Caller): Promise<Page<object>> {
    if (!mayKnow(caller.subject?.department, { organisationBin: id })) throw new NotFound();
    return pageById(this.incidents, query, { filter: { organisationBin: id }, hide: ['events'] });
  }

  @Post('organisations/:id/incidents')
  @Can('incident:handle')
  report(
    @Param('id') organisationBin: string,
    @Body() { kind }: ReportIncident,
    @From() caller: Caller,
  ): Promise<object> {
    const incidentId = randomUUID();
    return this.commands.run(caller, async (tx) => {
      await this.organisations.known(tx, organisationBin, caller);
      const [day, state] = [this.clock.today(), 'reported'];
      const row = { _id: incidentId, organisationBin, state, kind, reportedDay: day, reportedBy: caller.id };
      create(tx, INCIDENTS, row, Object.assign(new IncidentMovedV1(), { incidentId, organisationBin, day, state }));
      tx.audit({ actor: caller.id, action: caller.permission!, resource: incidentId, outcome: 'done', reason: state });
      return { incidentId, state, version: 1 };
    });
  }

  @Post('incidents/:id/triage')
  @HttpCode(200)
  @Can('incident:handle')
  triage(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    return this.step(id, caller, () => ({ to: 'triaged' }));
  }

  @Post('incidents/:id/inquiry')
  @HttpCode(200)
  @Can('incident:handle')
  inquire(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { outcome }: TriageIncident,
    @From() caller: Caller,
  ): Promise<object> {
    return this.step(id, caller, ({ state }, day) => {
      // An inquiry is found unfounded by another person, a word that was looked at by who did.
      if (state !== 'triaged') moveIncident(state, 'inquiry');
      return { to: outcome, set: outcome === 'inquiry' ? { inquiryDay: day, inquiryBy: caller.id } : {} };
    });
  }

  @Post('incidents/:id/decision')
  @HttpCode(200)
  @Can('incident:decide')
  decide(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: DecideIncident,
    @From() caller: Caller,
  ): Promise<object> {
    const { outcome: to, concealed, signsOfCrime } = body;
    judgeFinding(to, concealed, signsOfCrime);
    return this.step(id, caller, async ({ state, inquiryBy, reportedBy, organisationBin }, day, tx) => {
      // From any state but an inquiry the table refuses what it can lead to only.
      moveIncident(state, 'confirmed');
      anotherPerson(caller.id, [inquiryBy, reportedBy], 'than who reported or inquired decides');
      if (concealed) await this.orders.issue(tx, { organisationBin, cause: 'concealedIncident', causeId: id, day });
      return { to, set: { inquiryEndDay: day, decidedBy: caller.id, concealed, signsOfCrime } };
    });
  }

  /** Signs of a crime go to the authorised body, which gives a receipt. */
  @Post('incidents/:id/notification')
  @HttpCode(200)
  @Can('incident:handle')
  notify(@Param('id', ParseUUIDPipe) id: string, @Body() body: NotifyBody, @From() caller: Caller): Promise<object> {
    return this.step(id, caller, ({ signsOfCrime, receiptNumber, inquiryEndDay }, day) => {
      if (!signsOfCrime) throw new RuleError('out_of_order', 'no signs of a crime were found');
      if (receiptNumber) throw new RuleError('already_done', 'the authorised body knows');
      dayBetween(body.notifiedDay, inquiryEndDay!, day, 'notifiedDay');
      return { set: { ...body } };
    });
  }

  @Post('incidents/:id/remedy')
  @HttpCode(200)
  @Can('incident:handle')
  remedy(@Param('id', ParseUUIDPipe) id: string, @Body() body: PlanRemedy, @From() caller: Caller): Promise<object> {
    return this.step(id, caller, (_, day) => {
      if (body.dueDay < day) throw new RuleError('day_out_of_range', 'dueDay is today or later', { field: 'dueDay' });
      return { to: 'remedy-planned', set: { remedy: { ...body, by: caller.id } } };
    });
  }

  @Post('incidents/:id/verification')
  @HttpCode(200)
  @Can('incident:decide')
  verify(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    return this.step(id, caller, ({ state, remedy }) => {
      const to = moveIncident(state, 'verified');
      anotherPerson(caller.id, [remedy!.by], 'than who planned the remedy verifies it');
      return { to, set: { verifiedBy: caller.id } };
    });
  }

  @Post('incidents/:id/closing')
  @HttpCode(200)
  @Can('incident:handle')
  close(@Param('id', ParseUUIDPipe) id: string, @From() caller: Caller): Promise<object> {
    return this.step(id, caller, (row) => {
      const to = moveIncident(row.state, 'closed');
      judgeNotified(row);
      return { to };
    });
  }

  private step(
    id: string,
    caller: Caller,
    decide: (
      row: Incident,
      day: string,
      tx: Tx,
    ) => Promise<{ to?: IncidentState; set?: Doc }> | { to?: IncidentState; set?: Doc },
  ): Promise<object> {
    return this.commands.run(caller, async (tx) => {
      const row = await known<Incident>(tx, this.connection, INCIDENTS, id, caller, (one) => one.organisationBin);
      const day = this.clock.today();
      const { to, set = {} } = await decide(row, day, tx);
      const state = to ? moveIncident(row.state, to) : row.state;
      const { organisationBin } = row;
      const events = to ? [Object.assign(new IncidentMovedV1(), { incidentId: id, organisationBin, day, state })] : [];
      tx.audit({ actor: caller.id, action: caller.permission!, resource: id, outcome: 'done', reason: state });
      const version = change(tx, INCIDENTS, row, { ...set, state }, ...events);
      return { incidentId: id, state, version };
    });
  }
}
