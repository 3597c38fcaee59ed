import { Code, Day, Id, Measure } from '../../fields.js';
import { EventContract } from '../../event.js';
import { GOAL_STATUSES, type GoalStatus } from '../../vocabulary.js';

/** A measurement moved a goal to another state. */
@EventContract({
  type: 'compliance.goal.status-changed.v1',
  topic: 'compliance.events',
  key: 'goalId',
  time: 'instant',
  says: 'A measurement moved a goal to another state.',
})
export class GoalStatusChangedV1 {
  @Id() goalId: string;
  @Day() day: string;
  @Code(GOAL_STATUSES) status: GoalStatus;
  @Measure() value: number;
}
