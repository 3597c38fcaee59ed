import { Day, Id, OpenCode, Optional, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A milestone of a goal went from one state to another; late is a state of its own, also when it is reached afterwards. */
@EventContract({
  type: 'compliance.milestone.moved.v1',
  topic: 'compliance.events',
  key: 'goalId',
  time: 'instant',
  says: 'A milestone of a goal went from one state to another; late is a state of its own, also when it is reached afterwards.',
})
export class MilestoneMovedV1 {
  @Id() goalId: string;
  @OpenCode() milestone: string;
  @Day() day: string;
  @Day() dueDay: string;
  @OpenCode() state: string;
  @OpenCode() ownerPosition: string;
  @Optional() @OrganisationBin() organisationBin?: string;
}
