import { Body, Controller, Get, Header, Param, Post, Query } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { canonical, DossierCompiledV1, RuleError } from '@aiqyn/contracts';
import {
  Answers,
  type Caller,
  Can,
  Clock,
  Commands,
  create,
  From,
  NotFound,
  type Page,
  pageById,
} from '@aiqyn/platform';
import { AreaPath } from '../areas/area.dto.js';
import { mayKnow, ofRegionsOrNone } from '../areas/regional.js';
import { type Dossier, dossierOf } from './dossier.rules.js';
import { CompiledDossier } from './dossier.answer.js';
import { CompileDossier, DossierPageQuery, DossierQuery } from './dossier.dto.js';
import { DossierReader } from './dossier-inputs.js';
import { csvOf, pageOf, rowsOf } from './dossier-page.rules.js';
import { dossierTexts } from './dossier-texts.js';
import { DOSSIERS, StoredDossier } from './dossier.schema.js';

/** A dossier of a region counts the inquiries there, of which an office of another region knows nothing. */
function ownRegion(caller: Caller, region: string | undefined): void {
  if (region === undefined || mayKnow(caller, { region })) return;
  const allowed = caller.subject?.regions ?? [];
  throw new RuleError('other_region', 'a regional office asks for its own regions', { field: 'region', allowed });
}

/** One area seen whole: prevention, detection and investigation in one analysis, compiled from what is stored. */
@Controller('v1')
export class DossiersController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(StoredDossier.name) private readonly dossiers: Model<StoredDossier>,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly reader: DossierReader,
  ) {}

  /** Compiled twice from the same, it is the same dossier, byte for byte. */
  @Post('areas/:code/dossiers')
  @Can('dossier:compile')
  @Answers(CompiledDossier)
  async compile(
    @Param() { code: areaCode }: AreaPath,
    @Body() { from, to, region }: CompileDossier,
    @From() caller: Caller,
  ): Promise<CompiledDossier> {
    if (to < from) throw new RuleError('bad_period', 'to is a day from `from` on', { field: 'to' });
    ownRegion(caller, region);
    const dossier = dossierOf(await this.reader.read({ areaCode, region, from, to }));
    const { inputsHash } = dossier;
    const _id = [areaCode, ...(region ? [region] : []), from, to, inputsHash.slice(0, 16)].join(':');
    const of = { areaCode, ...(region ? { region } : {}), from, to };
    return this.commands.run(caller, async (tx) => {
      const there = await this.connection
        .db!.collection<StoredDossier>(DOSSIERS)
        .findOne({ _id }, { session: tx.session, projection: { _id: 1 } });
      if (!there) {
        const compiledDay = this.clock.today();
        const row = { _id, ...of, inputsHash, compiledDay, body: canonical(dossier) };
        const event = { dossierId: _id, ...of, day: compiledDay, inputsHash };
        create(tx, DOSSIERS, row, Object.assign(new DossierCompiledV1(), event));
      }
      tx.audit({ actor: caller.id, action: 'dossier:compile', resource: _id, outcome: 'done' });
      return { dossierId: _id, inputsHash };
    });
  }

  @Get('dossiers')
  @Can('dossier:read')
  list(@Query() query: DossierQuery, @From() caller: Caller): Promise<Page<object>> {
    const { areaCode, region } = query;
    ownRegion(caller, region);
    return pageById(this.dossiers, query, {
      filter: { ...(areaCode ? { areaCode } : {}), ...(region ? { region } : ofRegionsOrNone(caller)) },
      hide: ['events', 'version', 'body'],
    });
  }

  @Get('dossiers/:id')
  @Header('content-type', 'application/json; charset=utf-8')
  @Can('dossier:read')
  async read(@Param('id') id: string, @From() caller: Caller): Promise<string> {
    return (await this.find(id, caller)).body;
  }

  @Get('dossiers/:id/page')
  @Header('content-type', 'text/html; charset=utf-8')
  @Can('dossier:read')
  async page(
    @Param('id') id: string,
    @Query() { language }: DossierPageQuery,
    @From() caller: Caller,
  ): Promise<string> {
    return pageOf(await this.dossier(id, caller), language, dossierTexts[language]);
  }

  @Get('dossiers/:id/table')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Can('dossier:read')
  async table(@Param('id') id: string, @From() caller: Caller): Promise<string> {
    return csvOf(rowsOf(await this.dossier(id, caller)));
  }

  private async dossier(id: string, caller: Caller): Promise<Dossier> {
    return JSON.parse((await this.find(id, caller)).body) as Dossier;
  }

  private async find(id: string, caller: Caller): Promise<StoredDossier> {
    const row = await this.dossiers.findOne({ _id: id, ...ofRegionsOrNone(caller) }).lean<StoredDossier>();
    if (!row) throw new NotFound();
    return row;
  }
}
