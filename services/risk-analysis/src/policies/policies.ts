import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type UnitTable, unitTable, type WorkingDays, workingDays } from '@aiqyn/contracts';
import { Injectable } from '@nestjs/common';
import { type AnalysisTerms, analysisTerms } from '../analyse-risks/analysis-terms.rules.js';
import { areaOf, areaPack } from '../areas/area-of.rules.js';
import { type AssessmentPack, assessmentPack } from '../assess-area/assessment.rules.js';
import type { AreaOf } from '../import-releases/release.rules.js';
import { type MatchPack, matchPack } from '../match-entities/score.rules.js';
import { type SchemePattern, schemePattern } from '../detect-schemes/pattern.rules.js';
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
  readonly areaOf: AreaOf = areaOf(areaPack(read('policies/areas.json')));
  readonly assessment: AssessmentPack = assessmentPack(read('policies/assessment-2025.json'));
  /** Those that are active, one version of each code. */
  readonly indicators: readonly IndicatorDefinition[] = readIndicators();
  readonly matching: MatchPack = matchPack(read('policies/match-entities.json'));
  readonly schemes: readonly SchemePattern[] = readSchemes();
}
