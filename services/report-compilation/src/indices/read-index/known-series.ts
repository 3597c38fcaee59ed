import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { NotFound } from '@aiqyn/platform';
import type { Attainment } from '../compare-editions/score.rules.js';
import { IndexPolicies } from '../index-values/index-policies.js';
import { IndexRecord } from '../index-values/index-record.schema.js';
import { IndexTables, type KnownIndex } from '../index-values/index-tables.js';
import type { RecordedValue } from '../index-values/index-value.rules.js';
import { type Credit, creditOf } from './credit.rules.js';
import { pointOf, type SeriesPoint, seriesOf, targetsOf } from './series.rules.js';

export interface ListedIndex extends Credit {
  readonly comparableFrom: number;
  /** Absent while nothing of it is recorded. */
  readonly from?: number;
  readonly to?: number;
  readonly vintages?: readonly string[];
}

export interface CountrySeries extends Credit {
  readonly country: string;
  readonly asOf?: string;
  readonly comparableFrom: number;
  readonly points: readonly SeriesPoint[];
  readonly targets: readonly Attainment[];
}

/** Which indices are known, and the series of a country in one of them. */
@Injectable()
export class KnownSeries {
  constructor(
    @InjectModel(IndexRecord.name) private readonly records: Model<IndexRecord>,
    private readonly tables: IndexTables,
    private readonly policies: IndexPolicies,
  ) {}

  async list(): Promise<ListedIndex[]> {
    const rows = await this.records.aggregate<{ _id: string; from: number; to: number; vintages: string[] }>([
      {
        $group: { _id: '$series', from: { $min: '$year' }, to: { $max: '$year' }, vintages: { $addToSet: '$vintage' } },
      },
    ]);
    const known = new Map(rows.map((row) => [row._id, row]));
    return this.policies.policy.indices.map((one) => {
      const { from, to, vintages } = known.get(one.code) ?? {};
      const recorded = from === undefined ? {} : { from, to, vintages: vintages!.sort() };
      return { ...creditOf(one), comparableFrom: one.comparableFrom, ...recorded };
    });
  }

  /** Throws NotFound for an index that is not known, or not of this country. */
  async of(index: string, country: string, asOf?: string): Promise<CountrySeries> {
    const known = await this.tables.forCountry(index, country, asOf);
    const own = known.values.filter((value) => value.country === country);
    if (own.length === 0) throw new NotFound();
    const points: SeriesPoint[] = [];
    for (const value of own) {
      points.push(this.point(known, value));
      // An edition that is drawn for the first time takes a tenth of a second: others have their turn between two.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return {
      ...{ ...creditOf(known.description), country, ...(asOf ? { asOf } : {}) },
      comparableFrom: known.description.comparableFrom,
      points: seriesOf(points, country, known.all),
      targets: targetsOf(this.policies.policy, index, country, own),
    };
  }

  point({ table, intervals, description }: KnownIndex, value: RecordedValue): SeriesPoint {
    const { year, country } = value;
    return pointOf(value, table(year), intervals(year).get(country), description, this.policies.policy);
  }
}
