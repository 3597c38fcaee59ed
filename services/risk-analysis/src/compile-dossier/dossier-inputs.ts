import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { addDays, type KzRegion } from '@aiqyn/contracts';
import { type Analysis, ANALYSES } from '../analyse-risks/analysis.schema.js';
import { AREA_FACTS, type AreaFact, type AreaFactKind } from '../areas/area.schema.js';
import { DEALS, type StoredDeal } from '../deals/deal.schema.js';
import { type SchemeRow, SCHEMES } from '../detect-schemes/scheme.schema.js';
import { binOf } from '../entities/entity-id.rules.js';
import { type Inquiry, INQUIRIES } from '../explain-enrichment/inquiry.schema.js';
import { type Release, RELEASES } from '../import-releases/release.schema.js';
import type { IndicatorDefinition } from '../indicators/definition.rules.js';
import { Definitions } from '../indicators/definitions.js';
import { type Flag, FLAGS } from '../indicators/flag.schema.js';
import { type Pattern, PATTERNS } from '../judge-groups/group.schema.js';
import { BODY_FACTS, type BodyFact } from '../know-body/body-fact.schema.js';
import { Policies } from '../policies/policies.js';
import { type Outlier, OUTLIERS } from '../tell-outliers/outlier.schema.js';
import type { DossierInputs, RiskSignal } from './dossier.rules.js';
import type { Rate, Windows } from './effect.rules.js';

/** Reads everything that a dossier is made of, as it stood at one moment of the database. */
@Injectable()
export class DossierReader {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly definitions: Definitions,
    private readonly policies: Policies,
  ) {}

  async read(of: Subject): Promise<DossierInputs> {
    // One snapshot for all reads: an import under way is in all of them or in none.
    const session = this.connection.getClient().startSession({ snapshot: true });
    try {
      const { policies } = this;
      const definitions = await this.definitions.inForce(session);
      return await new Reading(this.connection.db!, session, { definitions, policies, of }).all();
    } finally {
      await session.endSession();
    }
  }
}

/** What a dossier is of; both days are in it. */
export interface Subject {
  readonly areaCode: string;
  readonly region?: KzRegion | undefined;
  readonly from: string;
  readonly to: string;
}

interface Asked {
  readonly definitions: readonly IndicatorDefinition[];
  readonly policies: Policies;
  readonly of: Subject;
}

class Reading {
  constructor(
    private readonly db: mongo.Db,
    private readonly session: mongo.ClientSession,
    private readonly asked: Asked,
  ) {}

  private rows<T extends mongo.Document>(name: string, filter: object, projection: object = {}): Promise<T[]> {
    const { session } = this;
    return this.db
      .collection<T>(name)
      .find(filter as mongo.Filter<T>, { session, projection })
      .toArray() as Promise<T[]>;
  }

  private get days(): { $gte: string; $lte: string } {
    const { from, to } = this.asked.of;
    return { $gte: from, $lte: to };
  }

  async all(): Promise<DossierInputs> {
    const { definitions, policies, of: asked } = this.asked;
    const { areaCode, region, from, to } = asked;
    const inRegion = region ? { region } : {};
    const weights = new Map(definitions.map(({ code, weight }): [string, number] => [code, weight]));
    const releases = await this.rows<Release>(
      RELEASES,
      { areaCode, 'projection.day': this.days, ...(region ? { 'projection.region': region } : {}) },
      { hash: 1, 'projection.money': 1 },
    );
    const ocids = new Set(releases.map(({ _id }) => _id));
    const { signals, overpaid } = await this.signals(ocids, weights);
    const facts = await this.rows<AreaFact>(AREA_FACTS, { areaCode, ...inRegion, day: this.days });
    const of = (kind: AreaFactKind): AreaFact[] => facts.filter((fact) => fact.kind === kind);
    const schemes = await this.rows<SchemeRow>(SCHEMES, { areaCode, outcome: 'triggered' });
    const inquired = { areaCode, ...inRegion, day: this.days };
    const inquiries = await this.rows<Inquiry>(INQUIRIES, inquired, { state: 1 });
    const analyses = await this.rows<Analysis>(ANALYSES, { areaCode, startDay: this.days });
    const buyers = await this.buyers(ocids);
    const said = await this.rows<BodyFact>(BODY_FACTS, { bin: { $in: buyers }, day: { $lte: to } });
    return {
      ...{ areaCode, areaRule: policies.areaRule, from, to },
      ...(region ? { region, regionRule: policies.regionRule } : {}),
      ...{ policy: policies.dossier, severity: policies.severity },
      definitions: definitions.map(({ code, version }) => `${code}/${version}`),
      processes: releases.map(({ _id: ocid, hash, projection: { money } }) => {
        return { ocid, hash, money, signals: signals.get(ocid) ?? [] };
      }),
      overpaid,
      schemes: schemes
        .map(({ _id: id, code, processes }) => ({ id, code, processes: processes.filter((p) => ocids.has(p)) }))
        .filter(({ processes }) => processes.length > 0),
      reports: of('report').map(({ subjectId }) => subjectId),
      casesOpened: of('case-opened').map(({ subjectId }) => subjectId),
      casesDecided: of('case-decided').map(({ subjectId: id, code = '', value = 0 }) => {
        return { id, outcome: code, damage: value };
      }),
      inquiries: inquiries.map(({ _id: id, state }) => ({ id, state })),
      analyses: analyses.map(({ _id: id, kind, state, dueDay }) => {
        return { id, kind, state, overdue: typeof dueDay === 'string' && dueDay < to && state !== 'closed' };
      }),
      buyers,
      bodyFacts: said.map(({ _id: id, bin, kind, day, code }) => ({ id, bin, kind, day, code })),
      recommendations: await this.recommendations(),
    };
  }

  /** Who buys in the processes, each once, as far as their BIN is told. */
  private async buyers(ocids: ReadonlySet<string>): Promise<string[]> {
    const deals = await this.rows<StoredDeal>(DEALS, { areaCode: this.asked.of.areaCode }, { buyer: 1 });
    const bins = deals.filter(({ _id }) => ocids.has(_id)).map(({ buyer }) => binOf(buyer ?? ''));
    return [...new Set(bins.filter((bin) => bin !== undefined))].sort();
  }

  /** The signals that stand on the processes, and what items cost above the median. */
  private async signals(
    ocids: ReadonlySet<string>,
    weights: ReadonlyMap<string, number>,
  ): Promise<{ signals: Map<string, RiskSignal[]>; overpaid: DossierInputs['overpaid'] }> {
    const signals = new Map<string, RiskSignal[]>();
    const add = (ocid: string, id: string, indicator: string): void => {
      const weight = weights.get(indicator);
      if (weight === undefined || !ocids.has(ocid)) return;
      signals.set(ocid, [...(signals.get(ocid) ?? []), { id, indicator, weight }]);
    };
    const { areaCode } = this.asked.of;
    const standing = { outcome: 'triggered' };
    for (const { _id, ocid, indicator } of await this.rows<Flag>(
      FLAGS,
      { areaCode, ...standing },
      { ocid: 1, indicator: 1 },
    ))
      add(ocid, _id, indicator);
    for (const { _id, subjectId, indicator } of await this.rows<Outlier>(OUTLIERS, { group: 'OCID', ...standing }))
      add(subjectId, _id, indicator);
    const overpaid: { id: string; ocid: string; currency: string; amount: number }[] = [];
    for (const { _id: id, indicator, inputs, group } of await this.rows<Pattern>(PATTERNS, standing)) {
      const processes = (inputs['processes'] ?? []) as readonly string[];
      for (const ocid of processes) add(ocid, id, indicator);
      const [ocid] = processes;
      if (indicator === 'R017' && ocid !== undefined && ocids.has(ocid))
        overpaid.push({
          id,
          ocid,
          currency: (JSON.parse(group) as string[])[3]!,
          amount: inputs['overpaid'] as number,
        });
    }
    return { signals, overpaid };
  }

  /** The goals that recommendations became, with the signal rates before they were set and after they were due. */
  private async recommendations(): Promise<DossierInputs['recommendations']> {
    const { areaCode, from, to } = this.asked.of;
    const goals = await this.rows<AreaFact>(AREA_FACTS, { areaCode, kind: 'goal-set', day: { $lte: to } });
    const { windowDays } = this.asked.policies.dossier;
    const all: DossierInputs['recommendations'][number][] = [];
    for (const { subjectId, recommendationId: id = subjectId, code: indicator = '', day, dueDay = day } of goals) {
      if (dueDay < from) continue;
      const said = await this.rows<AreaFact>(AREA_FACTS, { kind: 'goal-status', subjectId, day: { $lte: to } });
      const last = said.sort((a, b) => (a.day < b.day || (a.day === b.day && a._id < b._id) ? -1 : 1)).at(-1);
      const before = { $gte: addDays(day, -windowDays), $lt: day };
      const after = { $gt: dueDay, $lte: addDays(dueDay, windowDays) };
      const windows = async (area: object): Promise<Windows> => ({
        before: await this.rate(indicator, { areaCode: area, 'projection.day': before }),
        after: await this.rate(indicator, { areaCode: area, 'projection.day': after }),
      });
      const compared = { area: await windows({ $eq: areaCode }), others: await windows({ $ne: areaCode }) };
      all.push({ id, indicator, dueDay, status: last?.code ?? 'grey', windows: compared });
    }
    return all;
  }

  private async rate(indicator: string, filter: object): Promise<Rate> {
    const { session } = this;
    const outcome = `outcomes.${indicator}`;
    const releases = this.db.collection(RELEASES);
    const flagged = await releases.countDocuments({ ...filter, [outcome]: /^triggered/ }, { session });
    const clear = await releases.countDocuments({ ...filter, [outcome]: /^not-triggered/ }, { session });
    return { flagged, evaluable: flagged + clear };
  }
}
