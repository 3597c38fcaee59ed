import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { RuleError } from '@aiqyn/contracts';
import { type Caller, Can, Clock, From, type Tx } from '@aiqyn/platform';
import { EnrichmentChecks } from '../check-enrichment/enrichment-checks.js';
import { PersonIds } from '../persons/person-ids.js';
import { type FactGiven, HandInFacts } from './declaration.dto.js';
import { Declaration, DECLARATIONS, REGISTER_FACTS, type RegisterFact } from './declaration.schema.js';
import { plain } from './declared-of.js';
import { factKey, type RegisterFactGiven, SAID } from './register-fact.rules.js';
import { TakeIn } from './take-in.js';

/** Registries tell what they know beside declarations; what it is about is checked anew. */
@Controller('v1/register-facts')
export class RegisterFactsController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly takeIn: TakeIn,
    private readonly checks: EnrichmentChecks,
    private readonly persons: PersonIds,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @Can('declaration:import')
  async handIn(
    @Body() { facts: given }: HandInFacts,
    @From() caller: Caller,
  ): Promise<{ taken: number; passedOver: number }> {
    const facts = given.map((fact, i) => this.keyed(fact, `facts.${i}`));
    if (new Set(facts.map(({ _id }) => _id)).size < facts.length)
      throw new RuleError('same_id_twice', 'each fact stands once', { field: 'facts' });
    const concerns = [...new Set(facts.flatMap((f) => [...about(f)]))];
    return this.takeIn.run(caller, concerns, async (tx) => {
      const news = await this.newsAmong(tx, facts);
      for (const { _id, ...fact } of news) tx.update(REGISTER_FACTS, { _id }, { $set: fact }, { upsert: true });
      if (news.length > 0) {
        tx.audit({ actor: caller.id, action: 'register-fact:import', resource: news[0]!._id, outcome: 'done' });
        await tx.flush();
        await this.checkAgain(tx, news);
      }
      return { taken: news.length, passedOver: facts.length - news.length };
    });
  }

  private keyed(given: FactGiven, at: string): RegisterFact {
    const { iin, ...rest } = plain(given);
    const fact: RegisterFactGiven = { ...rest, ...(iin ? { personId: this.persons.of(iin) } : {}) };
    return { _id: factKey(fact, at, this.clock.today()), ...fact };
  }

  /** Those that are not there in this version or a higher one. */
  private async newsAmong(tx: Tx, facts: readonly RegisterFact[]): Promise<RegisterFact[]> {
    const rows = await this.connection
      .db!.collection<RegisterFact>(REGISTER_FACTS)
      .find({ _id: { $in: facts.map(({ _id }) => _id) } }, { session: tx.session })
      .toArray();
    const there = new Map(rows.map((row) => [row._id, row]));
    return facts.filter((fact, i) => {
      const known = there.get(fact._id);
      const differs = known && SAID.some((f) => known[f] !== fact[f]);
      if (known?.version === fact.version && differs)
        throw new RuleError('version_taken', 'this version was handed in with another content', {
          field: `facts.${i}.version`,
        });
      return !known || known.version < fact.version;
    });
  }

  private async checkAgain(tx: Tx, facts: readonly RegisterFact[]): Promise<void> {
    const rows = await this.connection
      .db!.collection<Declaration>(DECLARATIONS)
      .find({ concerns: { $in: facts.flatMap((f) => [...about(f)]) } }, { session: tx.session })
      .project<Pick<Declaration, 'personId' | 'year'>>({ personId: 1, year: 1 })
      .toArray();
    const years = Map.groupBy(rows, ({ personId }) => personId);
    for (const [personId, of] of years)
      await this.checks.again(tx, personId, [...new Set(of.map(({ year }) => year))].sort());
  }
}

/** What a fact is about, as declarations name it. */
function about({ personId, assetId }: RegisterFact): string[] {
  return personId === undefined ? [`asset:${assetId}`] : [personId];
}
