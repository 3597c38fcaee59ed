import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { consultationPolicy, type ConsultationPolicy } from './consultation-policy.rules.js';

/** How consultations are held, checked at start. */
@Injectable()
export class ConsultationPolicies {
  readonly pack: ConsultationPolicy = consultationPolicy(
    JSON.parse(readFileSync(new URL('../../../data/policies/consultation.json', import.meta.url), 'utf8')),
  );
}
