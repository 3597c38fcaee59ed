import type { ServiceDefinition } from '@aiqyn/platform';
import { ReportCompilationConfig } from './config.js';
import { CONSULTATION_DTOS } from './consultation/consultation.module.js';
import { INDICES_DTOS } from './indices/indices.module.js';
import { NATIONAL_REPORT_DTOS } from './national-report/national-report.module.js';
import { ReportCompilationModule } from './report-compilation.module.js';

/** What `runService` needs to know of this service. */
export const reportCompilation: ServiceDefinition<ReportCompilationConfig> = {
  name: 'report-compilation',
  module: ReportCompilationModule,
  config: ReportCompilationConfig,
  dtos: [...CONSULTATION_DTOS, ...INDICES_DTOS, ...NATIONAL_REPORT_DTOS],
};
