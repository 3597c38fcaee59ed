import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { type WorkingDays, workingDays } from '@aiqyn/contracts';
import { ownPack, sharedPack } from '../../policies/read-pack.js';
import { type Catalogue, catalogueOf } from '../factors/catalogue.rules.js';
import { type ActTerms, actTerms } from './act-terms.rules.js';

/** The terms of an expertise and the catalogue of factors that the service came with, checked at start. */
@Injectable()
export class ActPolicies {
  readonly terms: ActTerms = actTerms(ownPack('act-terms'));
  readonly calendar: WorkingDays = workingDays(sharedPack('working-days-kz'));
  readonly catalogue: Catalogue = catalogueOf(
    JSON.parse(readFileSync(new URL('../../../data/expertise/corruptogenic-factors.json', import.meta.url), 'utf8')),
  );
}
