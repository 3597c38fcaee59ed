import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@aiqyn/platform';
import type { ReportingConfig } from '../config.js';
import { Policies } from '../policies/policies.js';
import { type BodyKeys, bodyKeys } from './handover.rules.js';

/** The keys of the bodies that a case may be referred to, checked at start. */
@Injectable()
export class ReferralKeys {
  readonly byBody: BodyKeys;

  constructor(@Inject(CONFIG) config: ReportingConfig, policies: Policies) {
    this.byBody = bodyKeys(config.REFERRAL_PUBLIC_KEYS, policies.referralBodies);
  }
}
