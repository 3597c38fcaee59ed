import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import { IsIn } from 'class-validator';
import type { Connection, Model } from 'mongoose';
import {
  COMPLIANCE_GRADES,
  type ComplianceGrade,
  OrganisationRegisteredV1,
  OrganisationServiceMovedV1,
  RuleError,
} from '@aiqyn/contracts';
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
import { anotherPerson } from '../../people/steps.rules.js';
import { mayKnow, mayTell, organisationOnly, ownBody } from '../../people/own-body.rules.js';
import { OrganisationMoves } from '../organisation/organisation-moves.js';
import { Organisation, ORGANISATIONS } from '../organisation/organisation.schema.js';
import { moveService } from '../organisation/service-states.rules.js';

export class RegisterOrganisation {
  @IsBin() organisationBin: string;
}

export class OrganisationsQuery extends PageQuery {
  @MayBeMissing() @IsIn(COMPLIANCE_GRADES) grade?: ComplianceGrade;
}

/** Organisations of the quasi-public sector, where their service stands and what grade they have. */
@Controller('v1/organisations')
export class RegisterOrganisationController {
  constructor(
    @InjectModel(Organisation.name) private readonly organisations: Model<Organisation>,
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly moves: OrganisationMoves,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('organisation:read')
  list(@Query() query: OrganisationsQuery, @From() caller: Caller): Promise<Page<object>> {
    const own = ownBody(caller.subject?.department);
    const filter = { ...(own ? { _id: own } : {}), ...(query.grade ? { 'standing.grade': query.grade } : {}) };
    return pageById(this.organisations, query, { filter, hide: ['events'] });
  }

  @Get(':id')
  @Can('organisation:read')
  async read(@Param('id') id: string, @From() caller: Caller): Promise<object> {
    const found = await this.organisations.findOne({ _id: { $eq: id } }).lean<Organisation>();
    if (!found || !mayKnow(caller.subject?.department, { organisationBin: id })) throw new NotFound();
    const { _id: organisationBin, events: _, standing, ...shown } = found;
    const gap = standing ? { gap: standing.self - standing.verified } : {};
    return { organisationBin, ...shown, ...(standing ? { standing: { ...standing, ...gap } } : {}) };
  }

  @Post()
  @Can('organisation:register')
  register(@Body() { organisationBin }: RegisterOrganisation, @From() caller: Caller): Promise<object> {
    organisationOnly(organisationBin, 'organisationBin');
    mayTell(caller.subject?.department, organisationBin);
    return this.commands.run(caller, async (tx) => {
      const rows = this.connection.db!.collection<Organisation>(ORGANISATIONS);
      if (await rows.findOne({ _id: { $eq: organisationBin } }, { session: tx.session }))
        throw new RuleError('already_done', 'this organisation is registered');
      const day = this.clock.today();
      const row = { _id: organisationBin, state: 'registered', registeredDay: day, registeredBy: caller.id };
      create(tx, ORGANISATIONS, row, Object.assign(new OrganisationRegisteredV1(), { organisationBin, day }));
      tx.audit({ actor: caller.id, action: 'organisation:register', resource: organisationBin, outcome: 'done' });
      return { organisationBin, state: 'registered', version: 1 };
    });
  }

  /** The service was looked at: it has an officer, a regulation and a line of reporting. */
  @Post(':id/activation')
  @HttpCode(200)
  @Can('organisation:register')
  activate(@Param('id') id: string, @From() caller: Caller): Promise<object> {
    return this.moves.step(id, caller, ({ state, officer }, day) => {
      const to = moveService(state, 'active');
      anotherPerson(caller.id, [officer?.by], 'than who appointed the officer confirms the service');
      const event = Object.assign(new OrganisationServiceMovedV1(), { organisationBin: id, day, state: to });
      return { set: { state: to }, events: [event] };
    });
  }
}
