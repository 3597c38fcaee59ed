import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { type Caller, Can, Clock, From, NotFound } from '@aiqyn/platform';
import { ofRegions } from '../areas/regional.js';
import { EnrichmentChecks } from '../check-enrichment/enrichment-checks.js';
import { PersonIds } from '../persons/person-ids.js';
import { HandInDeclaration } from './declaration.dto.js';
import { admit, arrival } from './declaration.rules.js';
import { Declaration, DECLARATIONS } from './declaration.schema.js';
import { concernsOf, declaredOf, hashOf } from './declared-of.js';
import { type Taken, TakeIn } from './take-in.js';

/** A registry hands in declarations; each is checked as it comes. Numbers of persons end at this edge. */
@Controller('v1/declarations')
export class DeclarationsController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(Declaration.name) private readonly declarations: Model<Declaration>,
    private readonly takeIn: TakeIn,
    private readonly checks: EnrichmentChecks,
    private readonly persons: PersonIds,
    private readonly clock: Clock,
  ) {}

  /** Answers the same for an official whom nobody suspects: a registry does not learn what the checks say. */
  @Post()
  @HttpCode(200)
  @Can('declaration:import')
  handIn(@Body() body: HandInDeclaration, @From() caller: Caller): Promise<{ declarationId: string; taken: Taken }> {
    const declared = declaredOf(body, this.persons);
    const day = this.clock.today();
    admit(declared, day);
    const { personId, year, version } = declared;
    const declarationId = `${personId}-${year}-${version}`;
    const [hash, concerns] = [hashOf(declared), concernsOf(declared)];
    return this.takeIn.run(caller, concerns, async (tx) => {
      const kept = await this.connection
        .db!.collection<Declaration>(DECLARATIONS)
        .find({ personId, year }, { session: tx.session, projection: { version: 1, hash: 1 } })
        .toArray();
      const taken = arrival(version, hash, kept);
      if (taken !== 'known') {
        tx.insert(DECLARATIONS, { _id: declarationId, ...declared, hash, concerns, receivedDay: day });
        tx.audit({
          actor: caller.id,
          action: 'declaration:import',
          resource: declarationId,
          outcome: 'done',
          reason: taken,
        });
      }
      // The year after compares with this one, whichever came first.
      if (taken === 'current') await this.checks.again(tx, personId, [year, year + 1]);
      return { declarationId, taken };
    });
  }

  @Get(':id')
  @Can('enrichment:read')
  async read(@Param('id') id: string, @From() caller: Caller): Promise<object> {
    const row = await this.declarations.findOne({ _id: { $eq: id }, ...ofRegions(caller) }).lean<Declaration>();
    if (!row) throw new NotFound();
    const { _id: declarationId, hash: _, concerns: __, ...shown } = row;
    return { declarationId, ...shown };
  }
}
