import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { change, Clock, create, type Tx } from '@aiqyn/platform';
import { PersonIds } from '../persons/person-ids.js';
import { isSame, type Known, together } from './entity.rules.js';
import { type Entity, ENTITIES, type Link, LINKS } from './entity.schema.js';
import { entityId } from './entity-id.rules.js';
import { isMutual, type LinkLine, type Party } from './link.rules.js';

type Said = Omit<Link, '_id' | 'version' | 'events' | 'earlier'>;

/** Enters entities and links: what is said again changes nothing, what is said anew is kept beside what was said before. */
@Injectable()
export class LinkBook {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly persons: PersonIds,
    private readonly clock: Clock,
  ) {}

  /** Enters the lines of a registry; gives how many links changed. */
  async enter(tx: Tx, source: string, lines: readonly LinkLine[]): Promise<number> {
    const entities: [string, Known][] = [];
    const links = new Map<string, Said>();
    for (const { kind, from, to, share, ...said } of lines) {
      let [a, b] = [from, to].map((party) => {
        const id = this.idOf(party);
        entities.push([id, this.knownOf(party, source)]);
        return id;
      }) as [string, string];
      if (isMutual(kind) && b < a) [a, b] = [b, a];
      const _id = linkId([source, kind, a, b, said.role ?? '', said.since ?? '']);
      links.set(_id, { kind, from: a, to: b, source, ...said, share: share ?? null });
    }
    await this.know(tx, entities);
    const before = await this.rows<Link>(tx, LINKS, [...links.keys()]);
    let changed = 0;
    for (const [_id, said] of links) {
      const row = before.get(_id);
      if (!row) create(tx, LINKS, { _id, ...said });
      else if (!saysSame(row, said)) {
        const over = { until: row.until ?? null, confidence: row.confidence, share: row.share ?? null };
        const earlier = [...(row.earlier ?? []), { ...over, to: this.clock.today() }];
        change(tx, LINKS, row, { until: said.until ?? null, confidence: said.confidence, share: said.share, earlier });
      } else continue;
      changed += 1;
    }
    return changed;
  }

  /** Adds what is known of entities; what was known stays. */
  async know(tx: Tx, said: readonly (readonly [string, Known])[]): Promise<void> {
    const news = new Map<string, Known>();
    for (const [id, known] of said) news.set(id, news.has(id) ? together(news.get(id)!, known) : known);
    const before = await this.rows<Entity>(tx, ENTITIES, [...news.keys()]);
    for (const [_id, known] of news) {
      const row = before.get(_id);
      const all = row ? together(row, known) : together(known, known);
      if (!row) create(tx, ENTITIES, { _id, ...all });
      else if (!isSame(row, all)) change(tx, ENTITIES, row, { ...all });
    }
  }

  private async rows<T extends { _id: string }>(tx: Tx, collection: string, ids: string[]): Promise<Map<string, T>> {
    const found = await this.connection
      .db!.collection<{ _id: string }>(collection)
      .find({ _id: { $in: ids } }, { session: tx.session })
      .toArray();
    return new Map(found.map((row) => [row._id, row as T]));
  }

  private idOf({ type, iin, scheme, id }: Party): string {
    if (iin) return this.persons.of(iin);
    // A foreign number names a person as well as one of ours does.
    if (type === 'Person') return this.persons.record(scheme!, id!);
    return entityId(scheme, id!, (number) => this.persons.of(number))!;
  }

  private knownOf({ type, name, born }: Party, source: string): Known {
    return {
      ...{ type, sources: [source] },
      names: name && type !== 'Person' ? this.persons.publicNames([name]) : [],
      words: name ? [this.persons.words(name).join(' ')] : [],
      born: born ? [this.persons.born(born)] : [],
    };
  }
}

export const linkId = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);

const saysSame = (row: Link, said: Said): boolean =>
  (row.until ?? null) === (said.until ?? null) &&
  row.confidence === said.confidence &&
  row.share?.low === said.share?.low &&
  row.share?.high === said.share?.high;
