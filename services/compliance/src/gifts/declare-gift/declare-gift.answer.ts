import { IsIn, IsInt, IsString, IsUUID, Min } from 'class-validator';
import { IsDay } from '@aiqyn/platform';
import { GIFT_STATES, type GiftState } from '../gift-case/gift-states.rules.js';

export class DeclaredGift {
  @IsUUID() giftId: string;
  @IsIn(GIFT_STATES) state: GiftState;
  @IsDay() handOverBy: string;
  /** The rule set of the day on which the gift was received, and what of it applies. */
  @IsString() policy: string;
  @IsString() because: string;
  @IsInt() @Min(1) version: number;
}
