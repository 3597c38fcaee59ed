import type { ServiceDefinition } from '@aiqyn/platform';
import {
  BeginAnalysis,
  DraftCertificate,
  ExtendAnalysis,
  Recommend,
  SettleRecommendation,
} from './analyse-risks/analysis.dto.js';
import { RiskAnalysisConfig } from './config.js';
import { ImportLinks } from './entities/links.controller.js';
import { DecideMatch } from './match-entities/matches.controller.js';
import { ReferFinding } from './refer-finding/refer-finding.dto.js';
import { RiskAnalysisModule } from './risk-analysis.module.js';

/** What `runService` needs to know of this service. */
export const riskAnalysis: ServiceDefinition<RiskAnalysisConfig> = {
  name: 'risk-analysis',
  module: RiskAnalysisModule,
  config: RiskAnalysisConfig,
  dtos: [
    ReferFinding,
    BeginAnalysis,
    DraftCertificate,
    Recommend,
    SettleRecommendation,
    ExtendAnalysis,
    ImportLinks,
    DecideMatch,
  ],
  streamBodies: ['application/x-ndjson'],
};
