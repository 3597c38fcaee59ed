import { Controller, Get, Param, Query } from '@nestjs/common';
import { NotFound, Public } from '@aiqyn/platform';
import { comparison } from '../compare-editions/comparison.rules.js';
import { IndexPolicies } from '../index-values/index-policies.js';
import { IndexTables } from '../index-values/index-tables.js';
import { creditOf } from './credit.rules.js';
import { KnownSeries } from './known-series.js';
import { AsOf, ComparedYears, IndexPath } from './read-index.dto.js';
import { targetsOf } from './series.rules.js';

/** International indices for everybody: published values with their uncertainty, as each day knew them. */
@Controller('v1/indices')
export class ReadIndexController {
  constructor(
    private readonly known: KnownSeries,
    private readonly tables: IndexTables,
    private readonly policies: IndexPolicies,
  ) {}

  @Get()
  @Public()
  async list(): Promise<object> {
    return { items: await this.known.list() };
  }

  /** Each year of a country, gaps told as gaps, restated years with what earlier vintages said. */
  @Get(':index/:country/series')
  @Public()
  series(@Param() { index, country }: IndexPath, @Query() { asOf }: AsOf): Promise<object> {
    return this.known.of(index, country, asOf);
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
      ...{ from: this.known.point(known, from), to: this.known.point(known, to), computed },
      targets: targetsOf(this.policies.policy, index, country, known.values),
    };
  }
}
