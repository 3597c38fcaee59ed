import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { RuleError } from '@aiqyn/contracts';
import {
  type Caller,
  Can,
  change,
  Clock,
  Commands,
  create,
  From,
  load,
  NotFound,
  orConcurrent,
  type Page,
  pageById,
  Takes,
} from '@aiqyn/platform';
import { type IndicatorDefinition, indicatorDefinition } from '../indicators/definition.rules.js';
import { DEFINITIONS, StoredDefinition } from '../indicators/definition.schema.js';
import { Definitions } from '../indicators/definitions.js';
import { Policies } from '../policies/policies.js';
import { DefinitionQuery, VersionPath } from './indicator.dto.js';
import { Replays } from './replays.js';

/** A method is changed by two persons: one proposes a version of an indicator, another puts it in force. */
@Controller('v1/indicators')
export class ChangeIndicatorController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(StoredDefinition.name) private readonly rows: Model<StoredDefinition>,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly policies: Policies,
    private readonly definitions: Definitions,
    private readonly replays: Replays,
  ) {}

  /** The definitions in force: what each reads, its parameters by date, what it rests on. */
  @Get()
  @Can('indicator:read')
  async inForce(): Promise<{ items: readonly IndicatorDefinition[] }> {
    return { items: await this.definitions.inForce() };
  }

  /** The versions that were made here, drafts and retired ones too. */
  @Get('versions')
  @Can('indicator:read')
  versions(@Query() query: DefinitionQuery): Promise<Page<object>> {
    const { status } = query;
    return pageById(this.rows, query, { filter: status ? { status } : {}, hide: ['events'] });
  }

  /** A draft of the next version; refused with the field that is missing or wrong. */
  @Post()
  @Can('indicator:propose')
  @Takes({ 'application/json': { type: 'object' } })
  propose(@Body() body: unknown, @From() caller: Caller): Promise<{ code: string; version: number }> {
    const made = this.commands.run(caller, async (tx) => {
      const asked = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
      const shipped = this.policies.indicators.find((d) => d.code === asked['code']);
      const versions = await this.rows.find(
        { code: String(asked['code']) },
        { definition: 1 },
        { session: tx.session },
      );
      const version = Math.max(shipped?.version ?? 0, ...versions.map((row) => row.definition.version)) + 1;
      const checked = this.check({ ...asked, version, status: 'draft', author: caller.id, approver: '(another)' });
      const { status, author, approver: _, ...definition } = checked;
      const { code } = definition;
      const row = { _id: `${code}:${version}`, code, status, definition, author, proposedDay: this.clock.today() };
      create(tx, DEFINITIONS, row);
      tx.audit({ actor: caller.id, action: 'indicator:propose', resource: row._id, outcome: 'done' });
      return { code, version };
    });
    return orConcurrent(DEFINITIONS, made);
  }

  /** A definition that does not hold is a fault of the request here, not of the policies that are shipped. */
  private check(raw: unknown): IndicatorDefinition {
    try {
      return indicatorDefinition(raw);
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      const field = error.details?.field ?? 'definition';
      throw new RuleError('invalid_definition', `${field} is missing or wrong`, { field });
    }
  }

  /** Another person puts a draft in force; from then on what is stored is judged by it, some at a time. */
  @Post(':code/versions/:version/approval')
  @HttpCode(200)
  @Can('indicator:approve')
  approve(
    @Param() { code, version }: VersionPath,
    @From() caller: Caller,
  ): Promise<{ code: string; version: number; status: string }> {
    return this.commands.run(caller, async (tx) => {
      const draft = await load<StoredDefinition>(tx, this.connection, DEFINITIONS, `${code}:${version}`);
      if (draft.status !== 'draft')
        throw new RuleError('already_done', `version ${version} is ${draft.status}`, { field: 'version' });
      if (draft.author === caller.id)
        throw new RuleError('same_person', 'another person than the author puts a version in force', {
          field: 'author',
        });
      const { session } = tx;
      const active = await this.rows.find({ code, status: 'active' }, {}, { session }).lean<StoredDefinition[]>();
      for (const row of active)
        if (row.definition.version > version)
          throw new RuleError('out_of_order', `version ${row.definition.version} is in force`, { field: 'version' });
        else change(tx, DEFINITIONS, row, { status: 'retired' });
      const approval = { status: 'active', approver: caller.id, approvedDay: this.clock.today() };
      change(tx, DEFINITIONS, draft, approval);
      this.replays.begin(tx, draft.definition.code, `${version}`);
      tx.audit({ actor: caller.id, action: 'indicator:approve', resource: draft._id, outcome: 'done' });
      return { code, version, status: 'active' };
    });
  }

  /** How far what is stored was judged by the version in force. */
  @Get(':code/replay')
  @Can('indicator:read')
  async replay(@Param('code') code: string): Promise<object> {
    const state = await this.replays.read(code);
    if (!state) throw new NotFound();
    return state;
  }
}
