import { randomUUID } from 'node:crypto';
import { Body, Controller, Post } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { declarationOf, IndexRecordedV1, NationalReportCompiledV1 } from '@aiqyn/contracts';
import { type Caller, Can, Clock, Commands, create, From } from '@aiqyn/platform';
import { type FactRow } from '../facts/fact.rules.js';
import { FACTS } from '../facts/fact.schema.js';
import { CompileReport } from './compile-report.dto.js';
import { figuresOf } from './figures.rules.js';
import { FIGURE_SOURCES, NATIONAL_REPORTS, type StoredFigure } from './national-report.schema.js';

const PART = 1_000;

/** Compiles the National Report of a year from the facts that are known now; late facts go to the next edition. */
@Controller('v1/national-reports')
export class CompileReportController {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Can('national-report:compile')
  compile(@Body() { year }: CompileReport, @From() caller: Caller): Promise<object> {
    const id = randomUUID();
    const day = this.clock.today();
    return this.commands.run(caller, async (tx) => {
      const db = this.connection.db!;
      const options = { session: tx.session };
      const rows = await db
        .collection<FactRow>(FACTS)
        .find({ $or: [{ day: { $lte: `${year}-12-31` } }, { type: declarationOf(IndexRecordedV1).type }] }, options)
        .toArray();
      const figures = figuresOf(
        rows.map(({ _id, ...fact }) => ({ id: _id, ...fact })),
        year,
      );
      const edition = (await db.collection(NATIONAL_REPORTS).countDocuments({ year }, options)) + 1;
      const stored: StoredFigure[] = figures.map(({ sources, ...figure }) => ({ ...figure, events: sources.length }));
      const event = Object.assign(new NationalReportCompiledV1(), { nationalReportId: id, year, edition, day });
      const history = [{ step: 'compiled', actor: caller.id, day }];
      create(tx, NATIONAL_REPORTS, { _id: id, year, edition, state: 'compiled', history, figures: stored }, event);
      for (const { key, sources } of figures) {
        for (let part = 0; part * PART < sources.length; part += 1) {
          tx.insert(FIGURE_SOURCES, {
            _id: `${id}/${key}/${String(part).padStart(5, '0')}`,
            reportId: id,
            key,
            part,
            facts: sources.slice(part * PART, (part + 1) * PART),
          });
        }
      }
      tx.audit({ actor: caller.id, action: 'national-report:compile', resource: id, outcome: 'done' });
      return { nationalReportId: id, year, edition, state: 'compiled', figures: stored.length, version: 1 };
    });
  }
}
