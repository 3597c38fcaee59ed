import { readdirSync, readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { consultationPolicies, type ConsultationPolicy, inForceOn } from './consultation-policy.rules.js';

const FOLDER = new URL('../../../data/policies/', import.meta.url);

/** How consultations are held: the packs `consultation*.json`, checked at start. One that began under a pack goes on under it. */
@Injectable()
export class ConsultationPolicies {
  private readonly packs: readonly ConsultationPolicy[] = consultationPolicies(
    readdirSync(FOLDER)
      .filter((name) => /^consultation[a-z0-9-]*\.json$/.test(name))
      .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as unknown),
  );

  /** What a consultation that is opened on that day is held by; throws RuleError `no_policy`. */
  on(day: string): ConsultationPolicy {
    return inForceOn(this.packs, day);
  }

  /** The pack that a consultation began under. */
  of({ policy }: { readonly policy: string }): ConsultationPolicy {
    const found = this.packs.find(({ id }) => id === policy);
    if (!found) throw new Error(`the policy ${policy} of a consultation is missing`);
    return found;
  }
}
