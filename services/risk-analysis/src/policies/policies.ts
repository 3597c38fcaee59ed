import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type UnitTable, unitTable, type WorkingDays, workingDays } from '@aiqyn/contracts';
import { Injectable } from '@nestjs/common';
import { type AnalysisTerms, analysisTerms } from '../analyse-risks/analysis-terms.rules.js';
import { type EnrichmentPack, enrichmentPack } from '../check-enrichment/enrichment-pack.rules.js';
import { type ExplanationTerms, explanationTerms } from '../explain-enrichment/inquiry.rules.js';
import type { DossierPolicy } from '../compile-dossier/dossier.rules.js';
import { dossierPolicy } from '../compile-dossier/dossier-policy.rules.js';
import { type QueuePolicy, queuePolicy } from '../plan-work/work-queue.rules.js';
import { areaOf, type AreaPack, areaPack } from '../areas/area-of.rules.js';
import { regionOf, type RegionPack, regionPack } from '../areas/region-of.rules.js';
import { type AssessmentPack, assessmentPack } from '../assess-area/assessment.rules.js';
import type { AreaOf, RegionOf } from '../import-releases/release.rules.js';
import { type MatchPack, matchPack } from '../match-entities/score.rules.js';
import { type SchemePattern, schemePattern } from '../detect-schemes/pattern.rules.js';
import { type SeverityPack, severityPack } from '../indicators/severity.rules.js';
import { type IndicatorDefinition, indicatorDefinition } from '../indicators/definition.rules.js';

const resolve = (name: string): string => createRequire(import.meta.url).resolve(`@aiqyn/contracts/data/${name}`);
const shared = (name: string): unknown => JSON.parse(readFileSync(resolve(name), 'utf8'));
const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/${path}`, import.meta.url), 'utf8'));

/** Every definition that is shipped; throws when two active ones have one code. */
export function readIndicators(): IndicatorDefinition[] {
  const files = readdirSync(new URL('../../data/indicators/', import.meta.url)).sort();
  const active = files.map((f) => indicatorDefinition(read(`indicators/${f}`))).filter((d) => d.status === 'active');
  if (new Set(active.map((d) => d.code)).size < active.length)
    throw new Error('two active definitions of one indicator');
  return active;
}

const readPacks = (prefix: string): EnrichmentPack[] =>
  readdirSync(new URL('../../data/policies/', import.meta.url))
    .filter((file) => file.startsWith(prefix))
    .map((file) => enrichmentPack(read(`policies/${file}`)));
/** How the regions are written and called. */
export const readRegions = (): RegionPack => regionPack(read('policies/regions-kz.json'));

/** Every pattern of a scheme that is shipped; throws when two active ones have one code. */
export function readSchemes(): SchemePattern[] {
  const files = readdirSync(new URL('../../data/schemes/', import.meta.url)).sort();
  const active = files.map((f) => schemePattern(read(`schemes/${f}`))).filter((d) => d.status === 'active');
  if (new Set(active.map((d) => d.code)).size < active.length) throw new Error('two active patterns of one scheme');
  return active;
}

/** The policy packs and indicator definitions of this service, checked at start. */
@Injectable()
export class Policies {
  readonly workingDays: WorkingDays = workingDays(shared('working-days-kz.json'));
  readonly mci: UnitTable = unitTable(shared('mci-kz.json'));
  readonly analysisTerms: AnalysisTerms = analysisTerms(read('policies/analysis-terms.json'));
  readonly enrichmentPacks: readonly EnrichmentPack[] = readPacks('enrichment-');
  readonly explanationTerms: ExplanationTerms = explanationTerms(read('policies/explanation-terms.json'));
  private readonly areas: AreaPack = areaPack(read('policies/areas.json'));
  readonly areaOf: AreaOf = areaOf(this.areas);
  /** Which version of the rule says what belongs to which area. */
  readonly areaRule: string = this.areas.id;
  private readonly regions: RegionPack = readRegions();
  readonly regionOf: RegionOf = regionOf(this.regions);
  readonly regionRule: string = this.regions.id;
  readonly severity: SeverityPack = severityPack(read('policies/severity-2026.json'));
  readonly dossier: DossierPolicy = dossierPolicy(read('policies/dossier-2026.json'));
  readonly workQueue: QueuePolicy = queuePolicy(read('policies/work-queue-2026.json'));
  readonly assessment: AssessmentPack = assessmentPack(read('policies/assessment-2025.json'));
  /** Those that are active, one version of each code. */
  readonly indicators: readonly IndicatorDefinition[] = readIndicators();
  readonly matching: MatchPack = matchPack(read('policies/match-entities.json'));
  readonly schemes: readonly SchemePattern[] = readSchemes();
}
