import { Inject, Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { RuleError } from '@aiqyn/contracts';
import { CONFIG } from '@aiqyn/platform';
import type { Model } from 'mongoose';
import type { ReportCompilationConfig } from '../../config.js';
import { isWhole } from '../compare-editions/rank.rules.js';
import { rankIntervals, seeded } from '../compare-editions/rank-interval.rules.js';
import { IndexPolicies } from './index-policies.js';
import type { IndexDescription } from './index-policy.rules.js';
import { IndexRecord } from './index-record.schema.js';
import { knownOn, type RecordedValue } from './index-value.rules.js';

type Intervals = ReadonlyMap<string, readonly [number, number]>;

/** The values of an index as a day knew them. */
export interface KnownIndex {
  readonly description: IndexDescription;
  /** Everything recorded up to the day, all vintages. */
  readonly all: readonly RecordedValue[];
  /** Of each country and year the newest vintage. */
  readonly values: readonly RecordedValue[];
  table(year: number): readonly RecordedValue[];
  /** The places between which each country lies with 90 %; empty when an error of the edition is not known. */
  intervals(year: number): Intervals;
}

/** Reads indices as they were known on a day. */
@Injectable()
export class IndexTables {
  private readonly read = new Map<string, { readonly count: number; readonly values: readonly RecordedValue[] }>();
  private readonly simulated = new Map<string, Intervals>();

  constructor(
    @InjectModel(IndexRecord.name) private readonly records: Model<IndexRecord>,
    @Inject(CONFIG) private readonly config: ReportCompilationConfig,
    private readonly policies: IndexPolicies,
  ) {}

  /** The index for readers who want a country of it; throws NotFound, or RuleError `single_facts_only` where the licence ends. */
  async forCountry(code: string, country: string, asOf?: string): Promise<KnownIndex> {
    const description = this.policies.of(code);
    if (description.republish === 'single-facts' && country !== this.config.COUNTRY) {
      throw new RuleError('single_facts_only', 'its producer allows single facts only: those of this country', {
        field: 'country',
        allowed: [this.config.COUNTRY],
      });
    }
    const stored = await this.of(code);
    const all = stored.filter(({ recordedDay }) => asOf === undefined || recordedDay <= asOf);
    const values = knownOn(all);
    const byYear = Map.groupBy(values, ({ year }) => year);
    const table = (year: number): readonly RecordedValue[] => byYear.get(year) ?? [];
    const intervals = (year: number): Intervals => {
      const { rankDraws, rankSeed } = this.policies.policy;
      if (!isWhole(table(year))) return new Map();
      // Rows are only ever added, so their number says which of the states of this year was drawn from.
      const key = `${code}:${year}:${all.filter((one) => one.year === year).length}`;
      const done = this.simulated.get(key) ?? rankIntervals(table(year), rankDraws, seeded(rankSeed));
      this.simulated.set(key, done);
      return done;
    };
    return { description, all, values, table, intervals };
  }

  /** All values of an index; read anew once there are more, since none is ever changed. */
  private async of(series: string): Promise<readonly RecordedValue[]> {
    const count = await this.records.countDocuments({ series: { $eq: series } });
    const known = this.read.get(series);
    if (known?.count === count) return known.values;
    const values = await this.records
      .find({ series: { $eq: series } })
      .sort({ _id: 1 })
      .lean<RecordedValue[]>();
    this.read.set(series, { count: values.length, values });
    return values;
  }
}
