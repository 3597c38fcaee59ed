import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ConsultationModule } from './consultation/consultation.module.js';
import { BuildReportController } from './national-report/build-report/build-report.controller.js';
import { LogTakenIn } from './national-report/build-report/log-taken-in.js';
import { ReportJobs } from './national-report/build-report/report-jobs.js';
import { CollectMaterialController } from './national-report/collect-material/collect-material.controller.js';
import { Material, MaterialSchema } from './national-report/collect-material/material.schema.js';
import { DraftReportController } from './national-report/draft-report/draft-report.controller.js';
import { Fact, FactSchema } from './facts/fact.schema.js';
import { FactCountsController } from './facts/fact-counts.controller.js';
import { OnFacts } from './facts/on-facts.js';
import { IndicesModule } from './indices/indices.module.js';
import {
  NationalReport,
  NationalReportSchema,
  NumberSources,
  NumberSourcesSchema,
  StoredNumber,
  StoredNumberSchema,
} from './national-report/editions/national-report.schema.js';
import { ReportSteps } from './national-report/editions/report-steps.js';
import { PublishedReports } from './national-report/read-report/published-reports.js';
import { ReadReportController } from './national-report/read-report/read-report.controller.js';
import { SigningKeysController } from './national-report/read-report/signing-keys.controller.js';
import { SiteModule } from './site/site.module.js';
import { ReleaseReportController } from './national-report/release-report/release-report.controller.js';
import { NumberTraces } from './numbers/trace-number/number-traces.js';
import { TraceNumberController } from './numbers/trace-number/trace-number.controller.js';

@Module({
  imports: [
    ConsultationModule,
    IndicesModule,
    SiteModule,
    MongooseModule.forFeature([
      { name: Fact.name, schema: FactSchema },
      { name: NationalReport.name, schema: NationalReportSchema },
      { name: StoredNumber.name, schema: StoredNumberSchema },
      { name: NumberSources.name, schema: NumberSourcesSchema },
      { name: Material.name, schema: MaterialSchema },
    ]),
  ],
  controllers: [
    FactCountsController,
    OnFacts,
    DraftReportController,
    CollectMaterialController,
    BuildReportController,
    ReleaseReportController,
    TraceNumberController,
    ReadReportController,
    SigningKeysController,
  ],
  providers: [ReportSteps, ReportJobs, LogTakenIn, PublishedReports, NumberTraces],
})
export class ReportCompilationModule {}
