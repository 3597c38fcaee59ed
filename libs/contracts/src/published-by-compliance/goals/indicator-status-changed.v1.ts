import { Code, Day, Id, Measure, OpenCode, Optional, YesNo } from '../../fields.js';
import { EventContract } from '../../event.js';
import { GOAL_OUTCOMES, GOAL_STATUSES, type GoalOutcome, type GoalStatus } from '../../vocabulary.js';

/** An indicator has another status: measured, gone stale, its target day over, set by hand, or freed from that. */
@EventContract({
  type: 'compliance.indicator.status-changed.v1',
  topic: 'compliance.events',
  key: 'goalId',
  time: 'instant',
  says: 'An indicator has another status: measured, gone stale, its target day over, set by hand, or freed from that.',
})
export class IndicatorStatusChangedV1 {
  @Id() goalId: string;
  /** Its code within the goal. */
  @OpenCode() indicator: string;
  @Day() day: string;
  @Code(GOAL_STATUSES) status: GoalStatus;
  @Code(GOAL_OUTCOMES) outcome: GoalOutcome;
  /** A person set it, with a reason, until the next measurement. */
  @YesNo() overridden: boolean;
  @Optional() @Measure() value?: number;
}
