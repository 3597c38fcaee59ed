import { CONFIG } from '@aiqyn/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { RiskAnalysisConfig } from '../config.js';
import { personId } from './person-id.rules.js';

/** Ids of persons: the service stores and publishes these, never an individual identification number. */
@Injectable()
export class PersonIds {
  constructor(@Inject(CONFIG) private readonly config: RiskAnalysisConfig) {}

  of(iin: string): string {
    return personId(this.config.PERSON_KEY, iin);
  }
}
