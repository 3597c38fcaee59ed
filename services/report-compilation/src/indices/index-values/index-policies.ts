import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { NotFound } from '@aiqyn/platform';
import { type IndexDescription, indexPolicy, type IndexPolicy } from './index-policy.rules.js';

/** What is known of the indices and how they are compared, checked at start. */
@Injectable()
export class IndexPolicies {
  readonly policy: IndexPolicy = indexPolicy(
    JSON.parse(readFileSync(new URL('../../../data/policies/indices.json', import.meta.url), 'utf8')),
  );

  /** Throws NotFound for an index that nobody described. */
  of(code: string): IndexDescription {
    const found = this.policy.indices.find((one) => one.code === code);
    if (!found) throw new NotFound();
    return found;
  }
}
