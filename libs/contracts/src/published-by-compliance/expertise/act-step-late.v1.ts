import { Day, Id, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';

/** An office let its term for a draft act pass. */
@EventContract({
  type: 'compliance.act.step-late.v1',
  topic: 'compliance.events',
  key: 'actId',
  time: 'instant',
  says: 'An office let its term for a draft act pass.',
})
export class ActStepLateV1 {
  @Id() actId: string;
  /** The day after the last of the term. */
  @Day() day: string;
  @OpenCode() state: string;
  @Day() dueDay: string;
}
