import { Day, Id, Measure, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A recommendation became a goal with one accountable office. */
@EventContract({
  type: 'compliance.goal.set.v1',
  topic: 'compliance.events',
  key: 'goalId',
  time: 'instant',
  says: 'A recommendation became a goal with one accountable office.',
})
export class GoalSetV1 {
  @Id() goalId: string;
  @Id() recommendationId: string;
  @OpenCode() areaCode: string;
  @OpenCode() accountablePosition: string;
  @OpenCode() indicator: string;
  @Measure() baseline: number;
  @Measure() target: number;
  @Day() day: string;
  @Day() dueDay: string;
}
