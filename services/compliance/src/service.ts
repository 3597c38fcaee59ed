import type { ServiceDefinition } from '@aiqyn/platform';
import { ComplianceModule } from './compliance.module.js';
import { ComplianceConfig } from './config.js';
import { CorrectGift } from './correct-gift/correct-gift.controller.js';
import { DeclareGift } from './declare-gift/declare-gift.dto.js';
import { DisposeOfGift } from './dispose-of-gift/dispose-of-gift.controller.js';
import { ClaimExemption, DenyExemption } from './exempt-gift/exempt-gift.dto.js';
import { MeasureGoal } from './goals/measure-goal.dto.js';
import { HandOverGift, ReturnGift } from './hand-over-gift/hand-over-gift.dto.js';
import { DecideBreach } from './inquire-breach/inquire-breach.controller.js';
import { MoveCustody } from './keep-gift/keep-gift.controller.js';
import { DecideGiver } from './pursue-giver/pursue-giver.controller.js';
import { RefuseOffer } from './refuse-offer/refuse-offer.dto.js';
import { CloseSuspicion } from './suspect-gift/suspect-gift.controller.js';
import { ValueGift } from './value-gift/value-gift.controller.js';

/** What `runService` needs to know of this service. */
export const compliance: ServiceDefinition<ComplianceConfig> = {
  name: 'compliance',
  module: ComplianceModule,
  config: ComplianceConfig,
  dtos: [
    ...[DeclareGift, RefuseOffer, CloseSuspicion, ClaimExemption, DenyExemption, HandOverGift, ReturnGift],
    ...[MoveCustody, ValueGift, DisposeOfGift, DecideBreach, DecideGiver, CorrectGift],
    MeasureGoal,
  ],
};
