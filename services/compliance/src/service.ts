import type { ServiceDefinition } from '@aiqyn/platform';
import { ComplianceModule } from './compliance.module.js';
import { ComplianceConfig } from './config.js';
import { EXPERTISE_DTOS } from './expertise/expertise.module.js';
import { GIFT_DTOS } from './gifts/gifts.module.js';
import { GOAL_DTOS } from './goals/goals.module.js';
import { ORGANISATION_DTOS } from './organisations/organisations.module.js';

/** What `runService` needs to know of this service. */
export const compliance: ServiceDefinition<ComplianceConfig> = {
  name: 'compliance',
  module: ComplianceModule,
  config: ComplianceConfig,
  dtos: [...EXPERTISE_DTOS, ...GIFT_DTOS, ...GOAL_DTOS, ...ORGANISATION_DTOS],
};
