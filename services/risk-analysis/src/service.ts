import { PlatformConfig, type ServiceDefinition } from '@aiqyn/platform';
import { ReferFinding } from './refer-finding/refer-finding.dto.js';
import { RiskAnalysisModule } from './risk-analysis.module.js';

/** What `runService` needs to know of this service. */
export const riskAnalysis: ServiceDefinition<PlatformConfig> = {
  name: 'risk-analysis',
  module: RiskAnalysisModule,
  config: PlatformConfig,
  dtos: [ReferFinding],
  // A stream of any length is for issue C; until then one request carries at most this.
  textBodies: { 'application/x-ndjson': 32 * 1024 * 1024 },
};
