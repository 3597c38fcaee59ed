import { Day, Id, OpenCode, Tiyn } from '../fields.js';
import { EventContract } from '../event.js';

/** The term to claim a part of a reward ran out. */
@EventContract({
  type: 'reporting.reward.lapsed.v1',
  topic: 'reporting.events',
  key: 'caseId',
  time: 'instant',
  says: 'The term to claim a part of a reward ran out.',
})
export class RewardLapsedV1 {
  @Id() caseId: string;
  @Day() day: string;
  @Tiyn() amount: number;
  @OpenCode() policy: string;
}
