import { Day, Id, OpenCode, Tiyn } from '../fields.js';
import { EventContract } from '../event.js';

/** The reward of a case was approved by another person than the one who calculated it. */
@EventContract({
  type: 'reporting.reward.approved.v1',
  topic: 'reporting.events',
  key: 'caseId',
  time: 'instant',
  says: 'The reward of a case was approved by another person than the one who calculated it.',
})
export class RewardApprovedV1 {
  @Id() caseId: string;
  @Day() day: string;
  @Tiyn() amount: number;
  @OpenCode() policy: string;
}
