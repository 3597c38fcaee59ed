import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ConsultationModule } from './consultation/consultation.module.js';
import { Fact, FactSchema } from './facts/fact.schema.js';
import { FactCountsController } from './facts/fact-counts.controller.js';
import { OnFacts } from './facts/on-facts.js';
import { IndicesModule } from './indices/indices.module.js';
import { NationalReportModule } from './national-report/national-report.module.js';
import { SiteModule } from './site/site.module.js';

@Module({
  imports: [
    ...[NationalReportModule, ConsultationModule, IndicesModule, SiteModule],
    MongooseModule.forFeature([{ name: Fact.name, schema: FactSchema }]),
  ],
  controllers: [FactCountsController, OnFacts],
})
export class ReportCompilationModule {}
