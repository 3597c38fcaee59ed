import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Fact, FactSchema } from './facts/fact.schema.js';
import { FactCountsController } from './facts/fact-counts.controller.js';
import { OnFacts } from './facts/on-facts.js';
import { ImportIndexController } from './indices/import-index.controller.js';
import { IndexRecord, IndexRecordSchema } from './indices/index-record.schema.js';
import { CompileReportController } from './national-report/compile-report.controller.js';
import {
  FigureSources,
  FigureSourcesSchema,
  NationalReport,
  NationalReportSchema,
} from './national-report/national-report.schema.js';
import { ReadReportController } from './national-report/read-report.controller.js';
import { ReleaseReportController } from './national-report/release-report.controller.js';

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: Fact.name, schema: FactSchema },
      { name: IndexRecord.name, schema: IndexRecordSchema },
      { name: NationalReport.name, schema: NationalReportSchema },
      { name: FigureSources.name, schema: FigureSourcesSchema },
    ]),
  ],
  controllers: [
    FactCountsController,
    OnFacts,
    ImportIndexController,
    CompileReportController,
    ReleaseReportController,
    ReadReportController,
  ],
})
export class ReportCompilationModule {}
