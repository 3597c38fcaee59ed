import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { again, type Caller, change, create, Transactions, type Tx } from '@aiqyn/platform';
import { type Link, LINKS } from '../entities/entity.schema.js';
import { LinkBook, linkId } from '../entities/link-book.js';
import { PersonIds } from '../persons/person-ids.js';
import { type Entries, type ImportReport, takeStream } from '../read-release/take-stream.js';
import { type OwnershipRecord, OWNERSHIP_RECORDS } from './ownership-record.schema.js';
import { added, type Held, type Keys, linksOf, readStatement, type Statement } from './statement.rules.js';

type Records = Map<string, readonly Statement[]>;

/** Takes in BODS 0.4 statements; the same links come out whatever the order, and however often they come. */
@Injectable()
export class OwnershipImport {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly transactions: Transactions,
    private readonly persons: PersonIds,
    private readonly book: LinkBook,
  ) {}

  /** Takes statements in, chunk by chunk. */
  run(entries: Entries, source: string, caller: Caller): Promise<ImportReport> {
    const keys = this.keysOf(source);
    return takeStream(
      entries,
      (value) => {
        const read = readStatement(value, source, keys);
        return 'code' in read ? read : { thing: read, characters: JSON.stringify(value).length };
      },
      (chunk) =>
        again(() =>
          this.transactions.run(async (tx) => {
            const count = await this.record(tx, source, chunk);
            const resource = `${count} statements`;
            if (count > 0) tx.audit({ actor: caller.id, action: 'link:import', resource, outcome: 'done' });
            return count;
          }),
        ),
    );
  }

  private keysOf(source: string): Keys {
    return {
      person: (iin) => this.persons.of(iin),
      words: (name) => this.persons.words(name),
      born: (day) => this.persons.born(day),
      record: (id) => this.persons.record(source, id),
      foreign: (scheme, id) => this.persons.record(scheme, id),
    };
  }

  /** One chunk; gives how many of its statements are new. */
  private async record(tx: Tx, source: string, statements: readonly Statement[]): Promise<number> {
    // Two imports of one source at once would each miss the ends that the other brings.
    const wait = { $inc: { chunks: 1 }, $setOnInsert: { source, statements: [], refs: [] } };
    tx.update(OWNERSHIP_RECORDS, { _id: `source ${source}` }, wait, { upsert: true });
    await tx.flush();
    const records: Records = new Map();
    const before = await this.read(tx, { _id: { $in: [...new Set(statements.map((s) => s.record))] } });
    let count = 0;
    for (const [_id, now] of byRecord(statements)) {
      const had = before.get(_id) ?? [];
      const all = added(had, now);
      if (JSON.stringify(all) === JSON.stringify(had)) continue;
      count += Math.max(1, all.length - had.length);
      records.set(_id, all);
      const row = { source, statements: all, refs: refsOf(all) };
      tx.update(OWNERSHIP_RECORDS, { _id }, { $set: row }, { upsert: true });
    }
    if (count === 0) return 0;
    await this.book.know(
      tx,
      [...records.values()].flat().flatMap(({ entity }) => {
        if (!entity) return [];
        const { _id, ...known } = entity;
        return [[_id, known] as const];
      }),
    );
    await this.link(tx, source, records);
    return count;
  }

  /** Enters the links of what changed: of relationships, and of those that name a record that changed. */
  private async link(tx: Tx, source: string, changed: Records): Promise<void> {
    const naming = await this.read(tx, { refs: { $in: [...changed.keys()] } });
    const all: Records = new Map([...naming, ...changed]);
    const missing = [...new Set([...all.values()].flatMap(refsOf))].filter((id) => !all.has(id));
    for (const [id, statements] of await this.read(tx, { _id: { $in: missing } })) all.set(id, statements);
    const entity = (record: string): string | undefined => all.get(record)?.findLast((s) => s.entity)?.entity?._id;
    const relationships = [...changed.keys(), ...naming.keys()].filter((id) => all.get(id)!.some((s) => s.relation));
    const stored = await this.connection
      .db!.collection<Link>(LINKS)
      .find({ record: { $in: relationships } }, { session: tx.session })
      .toArray();
    const old = new Map(stored.map((link) => [link._id, link]));
    for (const record of new Set(relationships))
      for (const held of linksOf(all.get(record)!)) {
        const _id = linkId([record, held.name]);
        const row = rowOf(held, record, source, entity);
        const before = old.get(_id);
        old.delete(_id);
        if (!before) create(tx, LINKS, { _id, ...row });
        else if (!isSameRow(before, row)) change(tx, LINKS, before, row);
      }
    // Taken back by a statement that came late.
    for (const { _id } of old.values()) tx.remove(LINKS, { _id });
  }

  private async read(tx: Tx, filter: object): Promise<Records> {
    const rows = await this.connection
      .db!.collection<OwnershipRecord>(OWNERSHIP_RECORDS)
      .find(filter, { session: tx.session })
      .toArray();
    return new Map(rows.map((row) => [row._id, row.statements]));
  }
}

function byRecord(statements: readonly Statement[]): Map<string, Statement[]> {
  const groups = new Map<string, Statement[]>();
  for (const one of statements) groups.set(one.record, [...(groups.get(one.record) ?? []), one]);
  return groups;
}

const refsOf = (statements: readonly Statement[]): string[] => [
  ...new Set(statements.flatMap(({ relation: r }) => [r?.subject, r?.party].filter((id) => typeof id === 'string'))),
];

type Row = Omit<Link, '_id' | 'version' | 'events' | 'earlier'>;

/** Who is interested comes first; an end that no record tells is left open with the reason. */
function rowOf(held: Held, record: string, source: string, entity: (record: string) => string | undefined): Row {
  const { kind, role, share, since, until, indirect, reason } = held;
  const at = (end: string | null): string | null => (end === null ? null : (entity(end) ?? null));
  const [from, to] = [at(held.party), at(held.subject)];
  const why = reason ?? (from === null || to === null ? 'record-not-told' : null);
  return { kind, from, to, source, since, until, confidence: 1, share, role, indirect, reason: why, record };
}

const isSameRow = (before: Link, row: Row): boolean =>
  (Object.keys(row) as (keyof Row)[]).every((key) => JSON.stringify(before[key]) === JSON.stringify(row[key]));
