import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { dealOfRow, DEALS, type StoredDeal } from '../deals/deal.schema.js';
import { type Entity, ENTITIES, type Link, LINKS } from '../entities/entity.schema.js';
import { entityId } from '../entities/entity-id.rules.js';
import type { EntityType } from '../entities/link.rules.js';
import { sameAs } from '../graph/graph.rules.js';
import { type Flag, FLAGS } from '../indicators/flag.schema.js';
import { PersonIds } from '../persons/person-ids.js';
import { type Inquiry, INQUIRIES } from '../explain-enrichment/inquiry.schema.js';
import { type Match, MATCHES } from '../match-entities/match.schema.js';
import { type Outlier, OUTLIERS } from '../tell-outliers/outlier.schema.js';
import type { Facts } from './match.rules.js';

/** Reads what schemes are looked for in, in an order of its own; ids that a person confirmed to be the same become one. */
@Injectable()
export class SchemeFacts {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly persons: PersonIds,
  ) {}

  /** Not one snapshot: what is written meanwhile may be in or not, and is in the next time. */
  async read(): Promise<Facts> {
    const db = this.connection.db!;
    const node = sameAs(await this.confirmedMatches());
    const nodes = (ids: readonly string[]): string[] => [...new Set(ids.map(node))].sort();
    const orNull = (id: string | null): string | null => (id === null ? null : node(id));
    const deals = await db.collection<StoredDeal>(DEALS).find().sort({ _id: 1 }).toArray();
    const links = await db.collection<Link>(LINKS).find().sort({ _id: 1 }).toArray();
    const types: Record<string, EntityType> = {};
    for await (const { _id, type } of db
      .collection<Entity>(ENTITIES)
      .find({}, { projection: { type: 1 } })
      .sort({ _id: 1 }))
      types[node(_id)] ??= type;
    return {
      deals: deals.map(dealOfRow).map(({ buyer, runner, bidders, winners, awards, ...more }) => ({
        ...{ ...more, buyer: orNull(buyer), runner: orNull(runner) },
        ...{ bidders: nodes(bidders), winners: nodes(winners) },
        awards: awards.map((a) => ({ ...a, to: nodes(a.to) })),
      })),
      // What is made up of others is told by them; what is not known to whom it leads, leads nowhere.
      links: links.flatMap(({ _id: id, kind, from, to, share, since, until, source, confidence, indirect }) => {
        if (indirect || from === null || to === null) return [];
        const ends = { from: node(from), to: node(to) };
        if (ends.from === ends.to) return [];
        return [
          { id, kind, ...ends, share: share ?? null, since: since ?? null, until: until ?? null, source, confidence },
        ];
      }),
      types,
      signals: await this.signals(node),
      suspected: nodes(await this.suspectedPersons()),
    };
  }

  /** Persons of whom an inquiry into unjustified enrichment is open: the one place that reads the inquiries. */
  async suspectedPersons(): Promise<string[]> {
    const rows = this.connection.db!.collection<Inquiry>(INQUIRIES);
    const open = await rows
      .find({ state: { $nin: ['justified', 'closed'] } }, { projection: { personId: 1 } })
      .toArray();
    return open.map((row) => row.personId);
  }

  private async confirmedMatches(): Promise<[string, string][]> {
    const rows = this.connection.db!.collection<Match>(MATCHES).find({ state: 'confirmed' }).sort({ _id: 1 });
    return (await rows.toArray()).map(({ one, other }) => [one, other]);
  }

  private async signals(node: (id: string) => string): Promise<Record<string, string[]>> {
    const db = this.connection.db!;
    const raised = new Map<string, Set<string>>();
    const add = (id: string, code: string): void =>
      void raised.set(id, (raised.get(id) ?? new Set<string>()).add(code));
    const flags = db.collection<Flag>(FLAGS).find({ outcome: 'triggered' }, { projection: { ocid: 1, indicator: 1 } });
    for await (const { ocid, indicator } of flags) add(ocid, indicator);
    for await (const { group, subjectId, indicator } of db
      .collection<Outlier>(OUTLIERS)
      .find({ outcome: 'triggered' })) {
      const id = group === 'OCID' ? subjectId : entityId(undefined, subjectId, (iin) => this.persons.of(iin));
      if (id !== undefined) add(node(id), indicator);
    }
    return Object.fromEntries(
      [...raised].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, codes]) => [id, [...codes].sort()]),
    );
  }
}
