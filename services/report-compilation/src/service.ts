import type { ServiceDefinition } from '@aiqyn/platform';
import {
  DeliverMaterial,
  RequestMaterial,
  WaiveMaterial,
} from './national-report/collect-material/collect-material.dto.js';
import { ReportCompilationConfig } from './config.js';
import { CONSULTATION_DTOS } from './consultation/consultation.module.js';
import { DraftReport, WriteText } from './national-report/draft-report/draft-report.dto.js';
import { INDICES_DTOS } from './indices/indices.module.js';
import { Grounded } from './national-report/editions/report-path.dto.js';
import { Approved, HeardPublic, SubmissionReceipt } from './national-report/release-report/release-report.dto.js';
import { ReportCompilationModule } from './report-compilation.module.js';

/** What `runService` needs to know of this service. */
export const reportCompilation: ServiceDefinition<ReportCompilationConfig> = {
  name: 'report-compilation',
  module: ReportCompilationModule,
  config: ReportCompilationConfig,
  dtos: [
    ...CONSULTATION_DTOS,
    ...INDICES_DTOS,
    ...[DraftReport, WriteText, RequestMaterial, DeliverMaterial, WaiveMaterial],
    ...[Grounded, HeardPublic, Approved, SubmissionReceipt],
  ],
};
