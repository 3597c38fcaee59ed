import { Day, Id, OpenCode, Optional } from '../../fields.js';
import { EventContract } from '../../event.js';

/** From this day another official answers for an indicator; both signed. */
@EventContract({
  type: 'compliance.indicator.handed-over.v1',
  topic: 'compliance.events',
  key: 'goalId',
  time: 'instant',
  says: 'From this day another official answers for an indicator; both signed.',
})
export class IndicatorHandedOverV1 {
  @Id() goalId: string;
  /** Its code within the goal. */
  @OpenCode() indicator: string;
  @Day() day: string;
  /** Of an acting official: the last day, after which the former answers again. */
  @Optional() @Day() untilDay?: string;
  @OpenCode() fromPosition: string;
  @OpenCode() toPosition: string;
}
