import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { areaOf, areaPack } from '../areas/area-of.rules.js';
import { type AssessmentPack, assessmentPack } from '../assess-area/assessment.rules.js';
import type { AreaOf } from '../import-releases/release.rules.js';
import { type SingleBidDefinition, singleBidDefinition } from '../indicators/single-bid.rules.js';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/${path}`, import.meta.url), 'utf8'));

/** The policy packs and indicator definitions of this service, checked at start. */
@Injectable()
export class Policies {
  readonly areaOf: AreaOf = areaOf(areaPack(read('policies/areas.json')));
  readonly assessment: AssessmentPack = assessmentPack(read('policies/assessment-2025.json'));
  readonly singleBid: SingleBidDefinition = singleBidDefinition(read('indicators/R018.v1.json'));
}
