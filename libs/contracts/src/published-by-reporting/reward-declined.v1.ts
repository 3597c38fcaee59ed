import { Day, Id, OpenCode, Tiyn } from '../fields.js';
import { EventContract } from '../event.js';

/** A reporting person declined their part of a reward. */
@EventContract({
  type: 'reporting.reward.declined.v1',
  topic: 'reporting.events',
  key: 'caseId',
  time: 'day',
  says: 'A reporting person declined their part of a reward.',
})
export class RewardDeclinedV1 {
  @Id() caseId: string;
  @Day() day: string;
  @Tiyn() amount: number;
  @OpenCode() policy: string;
}
