import { Day, Id, OpenCode, Tiyn } from '../fields.js';
import { EventContract } from '../event.js';

/** A court decision took back a part of a reward that was paid. */
@EventContract({
  type: 'reporting.reward.reversed.v1',
  topic: 'reporting.events',
  key: 'caseId',
  time: 'instant',
  says: 'A court decision took back a part of a reward that was paid.',
})
export class RewardReversedV1 {
  @Id() caseId: string;
  @Day() day: string;
  @Tiyn() amount: number;
  @OpenCode() policy: string;
}
