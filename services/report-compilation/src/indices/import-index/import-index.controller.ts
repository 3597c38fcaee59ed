import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { IndexPlaceDrawnV1, IndexRecordedV1, RuleError } from '@aiqyn/contracts';
import { again, type Caller, Can, Clock, Commands, CONFIG, create, From, Problem } from '@aiqyn/platform';
import type { ReportCompilationConfig } from '../../config.js';
import { disagreeing, isWhole } from '../compare-editions/rank.rules.js';
import { rankIntervals, seeded } from '../compare-editions/rank-interval.rules.js';
import { IndexPolicies } from '../index-values/index-policies.js';
import { type IndexRecord, INDEX_RECORDS } from '../index-values/index-record.schema.js';
import { differsIn, type IndexValue, keyOf, statedBy } from '../index-values/index-value.rules.js';
import { ImportIndex } from './import-index.dto.js';
import { valuesOf } from './index-file.rules.js';
import { shippedValues } from './shipped-files.js';

/** How many problems of a file are told at once. */
const TOLD = 100;

/** Records what a publication of an index states, of all its countries; of the country reported on an event tells of it. */
@Controller('v1/indices')
export class ImportIndexController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @Inject(CONFIG) private readonly config: ReportCompilationConfig,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly policies: IndexPolicies,
  ) {}

  /** All rows or none. Importing again records only what is new; what stands is never changed. */
  @Post('imports')
  @HttpCode(200)
  @Can('index:record')
  async import(@Body() body: ImportIndex, @From() caller: Caller): Promise<object> {
    const values = this.read(body);
    const day = this.clock.today();
    const drawn = await this.places(values, day);
    return again(() =>
      this.commands.run(caller, async (tx) => {
        const ids = values.map(keyOf);
        const rows = await this.connection
          .db!.collection<IndexRecord>(INDEX_RECORDS)
          .find({ _id: { $in: ids } }, { session: tx.session })
          .toArray();
        const known = new Map(rows.map((row) => [row._id, row]));
        this.refuseChanges(values, known);
        for (const [i, value] of values.entries()) {
          const indexId = ids[i]!;
          if (known.has(indexId)) continue;
          create(tx, INDEX_RECORDS, this.row(indexId, value, day), this.event(value, day), drawn.get(indexId));
        }
        tx.audit({ actor: caller.id, action: 'index:record', resource: body.series, outcome: 'done' });
        const own = values.filter(({ country }) => country === this.config.COUNTRY);
        const recordedOf = (list: readonly IndexValue[]): number => list.filter((v) => !known.has(keyOf(v))).length;
        return {
          ...{ recorded: recordedOf(values), known: known.size, ofTheCountry: recordedOf(own) },
          // Places that the scores do not bear out; the producer may know more than it printed.
          placesDiffering: disagreeing(values),
        };
      }),
    );
  }

  /** The places between which the country lies, of each year of which the file has every country. */
  private async places(values: readonly IndexValue[], day: string): Promise<ReadonlyMap<string, IndexPlaceDrawnV1>> {
    const { rankDraws: draws, rankSeed: seed } = this.policies.policy;
    const places = new Map<string, IndexPlaceDrawnV1>();
    for (const table of Map.groupBy(values, ({ year, vintage }) => `${year}/${vintage}`).values()) {
      const own = table.find(({ country }) => country === this.config.COUNTRY);
      const interval = own && isWhole(table) ? rankIntervals(table, draws, seeded(seed)).get(own.country) : undefined;
      // A year takes a tenth of a second to draw: others have their turn between two.
      await new Promise((resolve) => setImmediate(resolve));
      if (!own || !interval) continue;
      const { series, country, year, vintage } = own;
      const [low, high] = interval;
      const event = {
        indexId: `${series}:${country}:${year}:${vintage}`,
        series,
        country,
        year,
        vintage,
        day,
        low,
        high,
      };
      places.set(keyOf(own), Object.assign(new IndexPlaceDrawnV1(), { ...event, draws, seed }));
    }
    return places;
  }

  private read({ series, csv, vintage }: ImportIndex): readonly (IndexValue & { readonly line?: number })[] {
    if (vintage !== undefined && (csv === undefined || series === 'wgi')) {
      const why = csv === undefined ? 'told together with csv only' : 'a column of each row of WGI';
      throw new RuleError('vintage_not_told_here', `vintage is ${why}`, { field: 'vintage' });
    }
    if (csv === undefined) return shippedValues(series);
    const { values, problems } = valuesOf(series, csv, vintage);
    if (problems.length === 0) return values;
    const fields = problems.slice(0, TOLD).map(({ line, column, problem }) => ({
      field: column === undefined ? `csv line ${line}` : `csv line ${line}, ${column}`,
      problem,
    }));
    throw new Problem(422, 'bad_table', `${problems.length} problems in the file; no row of it was recorded`, {
      fields,
    });
  }

  private refuseChanges(
    values: readonly (IndexValue & { line?: number })[],
    known: ReadonlyMap<string, IndexRecord>,
  ): void {
    const fields = values.flatMap((value) => {
      const row = known.get(keyOf(value));
      const field = row && differsIn(row, value);
      const at = value.line === undefined ? keyOf(value) : `csv line ${value.line}`;
      return field
        ? [{ field: `${at}, ${field}`, problem: `as recorded, or another vintage than ${value.vintage}` }]
        : [];
    });
    if (fields.length === 0) return;
    throw new Problem(422, 'vintage_differs', 'what a vintage states is never changed: name the new publication', {
      fields: fields.slice(0, TOLD),
    });
  }

  private row(_id: string, value: IndexValue, recordedDay: string) {
    const { series, country, year, vintage, source, licence } = value;
    return { _id, series, country, year, vintage, ...statedBy(value), source, licence, recordedDay };
  }

  private event({ series, country, year, vintage, ...value }: IndexValue, day: string): IndexRecordedV1 | undefined {
    if (country !== this.config.COUNTRY) return undefined;
    const { score, standardError, rank, countries } = value;
    const indexId = `${series}:${country}:${year}:${vintage}`;
    const stated = statedBy({
      ...(score === undefined ? {} : { score }),
      ...(standardError === undefined ? {} : { standardError }),
      ...(rank === undefined ? {} : { rank }),
      ...(countries === undefined ? {} : { countries }),
    });
    return Object.assign(new IndexRecordedV1(), { indexId, series, country, year, vintage, ...stated, day });
  }
}
