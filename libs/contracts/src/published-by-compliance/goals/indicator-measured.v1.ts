import { Count, Day, Id, Measure, OpenCode, Optional } from '../../fields.js';
import { EventContract } from '../../event.js';

/** An indicator was measured, or an earlier measurement of it was corrected. */
@EventContract({
  type: 'compliance.indicator.measured.v1',
  topic: 'compliance.events',
  key: 'goalId',
  time: 'instant',
  says: 'An indicator was measured, or an earlier measurement of it was corrected.',
})
export class IndicatorMeasuredV1 {
  @Id() goalId: string;
  /** Its code within the goal. */
  @OpenCode() indicator: string;
  /** The day that the value is of. */
  @Day() day: string;
  @Measure() value: number;
  /** Counts the measurements of the indicator. */
  @Count() number: number;
  /** The number of the measurement that this one corrects. */
  @Optional() @Count() corrects?: number;
}
