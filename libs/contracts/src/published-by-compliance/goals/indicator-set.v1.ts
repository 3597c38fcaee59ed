import { Code, Day, Id, Measure, OpenCode, Optional } from '../../fields.js';
import { EventContract } from '../../event.js';
import { GOAL_DIRECTIONS, type GoalDirection } from '../../vocabulary.js';

/** A goal began to run with this indicator and the one position that answers for it. */
@EventContract({
  type: 'compliance.indicator.set.v1',
  topic: 'compliance.events',
  key: 'goalId',
  time: 'instant',
  says: 'A goal began to run with this indicator and the one position that answers for it.',
})
export class IndicatorSetV1 {
  @Id() goalId: string;
  /** Its code within the goal. */
  @OpenCode() indicator: string;
  @Optional() @Id() programmeId?: string;
  @Optional() @Id() recommendationId?: string;
  @OpenCode() areaCode: string;
  @OpenCode() unit: string;
  @Code(GOAL_DIRECTIONS) direction: GoalDirection;
  /** Not of one that keeps within a corridor. */
  @Optional() @Measure() baseline?: number;
  @Optional() @Measure() target?: number;
  @OpenCode() frequency: string;
  @Day() day: string;
  @Day() dueDay: string;
  @OpenCode() accountablePosition: string;
}
