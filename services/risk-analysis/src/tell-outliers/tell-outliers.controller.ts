import { randomUUID } from 'node:crypto';
import { Controller, Get, Post, Query } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { type Caller, Can, Clock, From, type Page, pageById, PageQuery, Transactions } from '@aiqyn/platform';
import { settingsOn } from '../indicators/definition.rules.js';
import { OUTLIER_CODES } from '../judge-portfolio/contribution.rules.js';
import { GROUPS, type Judged, Portfolio } from '../judge-portfolio/portfolio.rules.js';
import { Policies } from '../policies/policies.js';
import { CONTRIBUTIONS, Outlier, OUTLIERS, SNAPSHOTS, type StoredContribution } from './outlier.schema.js';

/** Signals in one transaction. */
const AT_ONCE = 500;

type Told = Pick<Outlier, '_id' | 'group' | 'subjectId' | 'indicator'> & { readonly value: number };

/** Who stands out among all: R024, R025, R038, R048, R058, told on command from the stored contributions of all processes. */
@Controller('v1/outliers')
export class TellOutliersController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(Outlier.name) private readonly outliers: Model<Outlier>,
    private readonly transactions: Transactions,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('flag:read')
  list(@Query() query: PageQuery): Promise<Page<object>> {
    return pageById(this.outliers, query, { filter: { outcome: 'triggered' } });
  }

  /**
   * Takes a snapshot of the fences and tells the outliers by it; a signal is written when it changes. Signals may be more than
   * one transaction holds: after a crash in between, some are of the earlier snapshot until the command is given again.
   */
  @Post()
  @Can('outlier:tell')
  async tell(@From() caller: Caller): Promise<{ snapshot: string; processes: number; outliers: number }> {
    const day = this.clock.today();
    const { judged, processes } = await this.judged(day);
    const snapshot = randomUUID();
    const told = toldBy(judged);
    const definitions = this.policies.indicators.filter((d) => (OUTLIER_CODES as readonly string[]).includes(d.code));
    await this.transactions.run((tx) => {
      tx.insert(SNAPSHOTS, {
        _id: snapshot,
        day,
        processes,
        method: 'HF8',
        fences: finite(judged.meta),
        noSpread: [...judged.noSpread],
        definitions: definitions.map((d) => `${d.code}/${d.version}`),
      });
      tx.audit({ actor: caller.id, action: 'outlier:tell', resource: snapshot, outcome: 'done' });
    });
    const before = new Map(
      (await this.connection.db!.collection<Outlier>(OUTLIERS).find().toArray()).map((o) => [o._id, o]),
    );
    const now = new Map(told.map((one) => [one._id, one]));
    const changes = [...new Set([...before.keys(), ...now.keys()])].filter(
      (id) => (before.get(id)?.outcome === 'triggered') !== now.has(id) || before.get(id)?.value !== now.get(id)?.value,
    );
    for (let i = 0; i < changes.length; i += AT_ONCE)
      await this.transactions.run((tx) => {
        for (const _id of changes.slice(i, i + AT_ONCE))
          tx.update(OUTLIERS, { _id }, { $set: row(before.get(_id), now.get(_id), snapshot, day) }, { upsert: true });
      });
    return { snapshot, processes, outliers: told.length };
  }

  private async judged(day: string): Promise<{ judged: Judged; processes: number }> {
    const portfolio = new Portfolio(settingsOn(this.policies.indicators, day));
    const rows = this.connection.db!.collection<StoredContribution>(CONTRIBUTIONS).find();
    for await (const { _id: ocid, buyer, entity, ...more } of rows)
      portfolio.replace({
        ...{ ocid, ...more, outcomes: [], noGap: undefined, issues: [] },
        ...{ buyer: buyer ?? undefined, entity: entity ?? undefined },
      });
    return { judged: portfolio.judge(), processes: portfolio.contributions.size };
  }
}

const toldBy = ({ results }: Judged): Told[] =>
  GROUPS.flatMap((group) =>
    [...results[group]].flatMap(([subjectId, codes]) =>
      Object.entries(codes).map(([indicator, value]): Told => {
        return { _id: `${group}:${subjectId}:${indicator}`, group, subjectId, indicator, value };
      }),
    ),
  );

/** A fence of too few values is no number; it is left out. */
const finite = (meta: Judged['meta']): Judged['meta'] =>
  Object.fromEntries(
    Object.entries(meta).map(([code, values]) => [
      code,
      Object.fromEntries(Object.entries(values).filter(([, v]) => Number.isFinite(v))),
    ]),
  );

function row(before: Outlier | undefined, now: Told | undefined, snapshot: string, day: string): Partial<Outlier> {
  const outcome = now ? 'triggered' : 'not-triggered';
  const { group, subjectId, indicator } = (now ?? before)!;
  const facts = { group, subjectId, indicator, outcome, value: now?.value ?? null, snapshot } as const;
  if (before?.outcome === outcome) return { ...facts, since: before.since };
  const over = before
    ? { earlier: [...(before.earlier ?? []), { outcome: before.outcome, from: before.since, to: day }] }
    : {};
  return { ...facts, since: day, ...over };
}
