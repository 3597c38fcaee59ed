import { Day, Id, OpenCode, Tiyn } from '../fields.js';
import { EventContract } from '../event.js';

/** A part of a reward was paid. */
@EventContract({
  type: 'reporting.reward.paid.v1',
  topic: 'reporting.events',
  key: 'caseId',
  time: 'instant',
  says: 'A part of a reward was paid.',
})
export class RewardPaidV1 {
  @Id() caseId: string;
  @Day() day: string;
  @Tiyn() amount: number;
  @OpenCode() policy: string;
}
