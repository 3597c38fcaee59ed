import { personId } from '@aiqyn/contracts';
import { CONFIG } from '@aiqyn/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { ComplianceConfig } from '../config.js';

/** Ids of persons: the service stores these, never an individual identification number, and publishes neither. */
@Injectable()
export class PersonIds {
  constructor(@Inject(CONFIG) private readonly config: ComplianceConfig) {}

  of(iin: string): string {
    return personId(this.config.PERSON_KEY, iin);
  }
}
