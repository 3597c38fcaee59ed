import { Day, Id, OpenCode, Tiyn } from '../fields.js';
import { EventContract } from '../event.js';

/** The reward of a case was calculated from a dated policy pack. */
@EventContract({
  type: 'reporting.reward.calculated.v1',
  topic: 'reporting.events',
  key: 'caseId',
  time: 'instant',
  says: 'The reward of a case was calculated from a dated policy pack.',
})
export class RewardCalculatedV1 {
  @Id() caseId: string;
  @Day() day: string;
  @Tiyn() amount: number;
  @OpenCode() policy: string;
}
