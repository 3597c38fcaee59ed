import type { ServiceDefinition } from '@aiqyn/platform';
import {
  BeginAnalysis,
  DraftCertificate,
  ExtendAnalysis,
  Recommend,
  SettleRecommendation,
} from './analyse-risks/analysis.dto.js';
import { CompileDossier } from './compile-dossier/dossier.dto.js';
import { RiskAnalysisConfig } from './config.js';
import { HandInDeclaration, HandInFacts } from './declare-assets/declaration.dto.js';
import { DecideInquiry, Explain, ExtendTerm, Recheck } from './explain-enrichment/inquiry.dto.js';
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
    CompileDossier,
    ...[ReferFinding, BeginAnalysis, DraftCertificate, Recommend, SettleRecommendation, ExtendAnalysis],
    ...[HandInDeclaration, HandInFacts, ExtendTerm, Explain, Recheck, DecideInquiry],
    ...[ImportLinks, DecideMatch],
  ],
  streamBodies: ['application/x-ndjson'],
};
