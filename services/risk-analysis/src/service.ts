import { PlatformConfig, type ServiceDefinition } from '@aiqyn/platform';
import { RiskAnalysisModule } from './risk-analysis.module.js';

/** What `runService` needs to know of this service. */
export const riskAnalysis: ServiceDefinition<PlatformConfig> = {
  name: 'risk-analysis',
  module: RiskAnalysisModule,
  config: PlatformConfig,
  // A stream of any length is for issue C; until then one request carries at most this.
  textBodies: { 'application/x-ndjson': 32 * 1024 * 1024 },
};
