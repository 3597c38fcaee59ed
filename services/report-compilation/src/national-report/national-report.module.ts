import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Fact, FactSchema } from '../facts/fact.schema.js';
import { NumberTraces } from '../numbers/trace-number/number-traces.js';
import { TraceNumberController } from '../numbers/trace-number/trace-number.controller.js';
import { BuildReportController } from './build-report/build-report.controller.js';
import { LogTakenIn } from './build-report/log-taken-in.js';
import { ReportJobs } from './build-report/report-jobs.js';
import { CollectMaterialController } from './collect-material/collect-material.controller.js';
import { DeliverMaterial, RequestMaterial, WaiveMaterial } from './collect-material/collect-material.dto.js';
import { Material, MaterialSchema } from './collect-material/material.schema.js';
import { DraftReportController } from './draft-report/draft-report.controller.js';
import { DraftReport, WriteText } from './draft-report/draft-report.dto.js';
import {
  NationalReport,
  NationalReportSchema,
  NumberSources,
  NumberSourcesSchema,
  StoredNumber,
  StoredNumberSchema,
} from './editions/national-report.schema.js';
import { Grounded } from './editions/report-path.dto.js';
import { ConsultationModule } from '../consultation/consultation.module.js';
import { ReportResponses } from './tell-responses/report-responses.js';
import { ReportTerms } from './keep-terms/report-terms.js';
import { ReportSteps } from './editions/report-steps.js';
import { PublishedReports } from './read-report/published-reports.js';
import { ReadReportController } from './read-report/read-report.controller.js';
import { SigningKeysController } from './read-report/signing-keys.controller.js';
import { ReleaseReportController } from './release-report/release-report.controller.js';
import { Approved, HeardPublic, SubmissionReceipt } from './release-report/release-report.dto.js';

/** What comes in over HTTP; told in the OpenAPI document. */
export const NATIONAL_REPORT_DTOS = [
  ...[DraftReport, WriteText, RequestMaterial, DeliverMaterial, WaiveMaterial],
  ...[Grounded, HeardPublic, Approved, SubmissionReceipt],
];

/** An edition from its draft to its print, and where each of its numbers comes from. */
@Module({
  imports: [
    ConsultationModule,
    MongooseModule.forFeature([
      { name: Fact.name, schema: FactSchema },
      { name: NationalReport.name, schema: NationalReportSchema },
      { name: StoredNumber.name, schema: StoredNumberSchema },
      { name: NumberSources.name, schema: NumberSourcesSchema },
      { name: Material.name, schema: MaterialSchema },
    ]),
  ],
  controllers: [
    ...[DraftReportController, CollectMaterialController, BuildReportController, ReleaseReportController],
    ...[TraceNumberController, ReadReportController, SigningKeysController],
  ],
  providers: [ReportSteps, ReportTerms, ReportResponses, ReportJobs, LogTakenIn, PublishedReports, NumberTraces],
  exports: [PublishedReports, NumberTraces, ReportTerms],
})
export class NationalReportModule {}
