import { PlatformConfig, type ServiceDefinition } from '@aiqyn/platform';
import {
  BeginAnalysis,
  DraftCertificate,
  ExtendAnalysis,
  Recommend,
  SettleRecommendation,
} from './analyse-risks/analysis.dto.js';
import { ReferFinding } from './refer-finding/refer-finding.dto.js';
import { RiskAnalysisModule } from './risk-analysis.module.js';

/** What `runService` needs to know of this service. */
export const riskAnalysis: ServiceDefinition<PlatformConfig> = {
  name: 'risk-analysis',
  module: RiskAnalysisModule,
  config: PlatformConfig,
  dtos: [ReferFinding, BeginAnalysis, DraftCertificate, Recommend, SettleRecommendation, ExtendAnalysis],
  // A stream of any length is for issue C; until then one request carries at most this.
  textBodies: { 'application/x-ndjson': 32 * 1024 * 1024 },
};
