import { PlatformConfig, type ServiceDefinition } from '@aiqyn/platform';
import { ComplianceModule } from './compliance.module.js';
import { DeclareGift, HandOverGift } from './declare-gift/declare-gift.dto.js';
import { MeasureGoal } from './goals/measure-goal.dto.js';

/** What `runService` needs to know of this service. */
export const compliance: ServiceDefinition<PlatformConfig> = {
  name: 'compliance',
  module: ComplianceModule,
  config: PlatformConfig,
  dtos: [DeclareGift, HandOverGift, MeasureGoal],
};
