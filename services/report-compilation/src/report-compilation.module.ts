import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ConsultationModule } from './consultation/consultation.module.js';
import { Fact, FactSchema } from './facts/fact.schema.js';
import { FactCountsController } from './facts/fact-counts.controller.js';
import { OnFacts } from './facts/on-facts.js';
import { IndicesModule } from './indices/indices.module.js';
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
    ConsultationModule,
    IndicesModule,
    MongooseModule.forFeature([
      { name: Fact.name, schema: FactSchema },
      { name: NationalReport.name, schema: NationalReportSchema },
      { name: FigureSources.name, schema: FigureSourcesSchema },
    ]),
  ],
  controllers: [FactCountsController, OnFacts, CompileReportController, ReleaseReportController, ReadReportController],
})
export class ReportCompilationModule {}
