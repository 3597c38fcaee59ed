import { Controller, Get, Param, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { NotFound, Public } from '@aiqyn/platform';
import { comparison } from '../compare-editions/comparison.rules.js';
import { IndexPolicies } from '../index-values/index-policies.js';
import { IndexRecord } from '../index-values/index-record.schema.js';
import { IndexTables, type KnownIndex } from '../index-values/index-tables.js';
import type { RecordedValue } from '../index-values/index-value.rules.js';
import { creditOf } from './credit.rules.js';
import { AsOf, ComparedYears, IndexPath } from './read-index.dto.js';
import { pointOf, type SeriesPoint, seriesOf, targetsOf } from './series.rules.js';

/** International indices for everybody: published values with their uncertainty, as any day knew them. */
@Controller('v1/indices')
export class ReadIndexController {
  constructor(
    @InjectModel(IndexRecord.name) private readonly records: Model<IndexRecord>,
    private readonly tables: IndexTables,
    private readonly policies: IndexPolicies,
  ) {}

  @Get()
  @Public()
  async list(): Promise<object> {
    const rows = await this.records.aggregate<{ _id: string; from: number; to: number; vintages: string[] }>([
      {
        $group: { _id: '$series', from: { $min: '$year' }, to: { $max: '$year' }, vintages: { $addToSet: '$vintage' } },
      },
    ]);
    const known = new Map(rows.map((row) => [row._id, row]));
    const items = this.policies.policy.indices.map((one) => {
      const { from, to, vintages } = known.get(one.code) ?? {};
      const recorded = from === undefined ? {} : { from, to, vintages: vintages!.sort() };
      return { ...creditOf(one), comparableFrom: one.comparableFrom, ...recorded };
    });
    return { items };
  }

  /** Each year of a country, gaps told as gaps, restated years with what earlier vintages said. */
  @Get(':index/:country/series')
  @Public()
  async series(@Param() { index, country }: IndexPath, @Query() { asOf }: AsOf): Promise<object> {
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

  /** Two years of a country: whether the score rose or fell at 90 %, and the places among the same countries. */
  @Get(':index/:country/comparison')
  @Public()
  async comparison(
    @Param() { index, country }: IndexPath,
    @Query() { asOf, ...years }: ComparedYears,
  ): Promise<object> {
    const known = await this.tables.forCountry(index, country, asOf);
    if (!known.values.some((value) => value.country === country)) throw new NotFound();
    const { from, to, ...computed } = comparison(known.description, known.all, country, years, this.policies.policy);
    return {
      ...{ ...creditOf(known.description), country, ...(asOf ? { asOf } : {}) },
      ...{ from: this.point(known, from), to: this.point(known, to), computed },
      targets: targetsOf(this.policies.policy, index, country, known.values),
    };
  }

  private point({ table, intervals, description }: KnownIndex, value: RecordedValue): SeriesPoint {
    const { year, country } = value;
    return pointOf(value, table(year), intervals(year).get(country), description, this.policies.policy);
  }
}
