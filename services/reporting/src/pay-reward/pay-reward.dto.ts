import { IsDay } from '@aiqyn/platform';
import { WhosePart } from '../claim-reward/claim-reward.dto.js';

export class ReverseReward extends WhosePart {
  /** The day on which the court decision that takes the reward back came into legal force. */
  @IsDay() legalForceDay: string;
}
