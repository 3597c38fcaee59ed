import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { IndexRecordedV1 } from '@aiqyn/contracts';
import { type Caller, Can, Clock, Commands, CONFIG, create, From } from '@aiqyn/platform';
import type { ReportCompilationConfig } from '../config.js';
import { ImportIndex } from './import-index.dto.js';
import { type IndexRecord, INDEX_RECORDS } from './index-record.schema.js';
import { shippedSeries } from './shipped-series.js';

/** Records the country's standing in the index series that ship with the service (data/indices, with their licences). */
@Controller('v1/indices')
export class ImportIndexController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @Inject(CONFIG) private readonly config: ReportCompilationConfig,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** Importing again records only what is new. */
  @Post('imports')
  @HttpCode(200)
  @Can('index:record')
  import(@Body() { series }: ImportIndex, @From() caller: Caller): Promise<{ recorded: number; known: number }> {
    const points = shippedSeries(series, this.config.COUNTRY);
    const day = this.clock.today();
    return this.commands.run(caller, async (tx) => {
      const ids = points.map((p) => `${p.series}:${this.config.COUNTRY}:${p.year}:${p.vintage}`);
      const known = new Set(
        (
          await this.connection
            .db!.collection<IndexRecord>(INDEX_RECORDS)
            .find({ _id: { $in: ids } }, { session: tx.session, projection: { _id: 1 } })
            .toArray()
        ).map((r) => r._id),
      );
      for (const [i, point] of points.entries()) {
        const indexId = ids[i]!;
        if (known.has(indexId)) continue;
        const { source, licence, ...standing } = point;
        const facts = { ...standing, country: this.config.COUNTRY };
        create(
          tx,
          INDEX_RECORDS,
          { _id: indexId, ...facts, source, licence },
          Object.assign(new IndexRecordedV1(), { indexId, ...facts, day }),
        );
      }
      tx.audit({ actor: caller.id, action: 'index:record', resource: series, outcome: 'done' });
      return { recorded: points.length - known.size, known: known.size };
    });
  }
}
