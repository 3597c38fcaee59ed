import { IsPart } from '@aiqyn/platform';
import { IsIn, IsOptional } from 'class-validator';
import { CalculateReward, DecideEligibility } from '../calculate-reward/calculate-reward.dto.js';

/** `recalculated` decides anew who is excluded and calculates; `upheld` leaves everything as it was. */
export class DecideAppeal extends DecideEligibility {
  @IsIn(['recalculated', 'upheld']) outcome: 'recalculated' | 'upheld';
  @IsOptional() @IsPart(() => CalculateReward) choice?: CalculateReward;
}
