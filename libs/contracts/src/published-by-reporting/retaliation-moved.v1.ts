import { Day, Id, OpenCode, Optional } from '../fields.js';
import { EventContract } from '../event.js';

/** A complaint of retaliation went to another state: assessed, protected or not upheld, monitored, closed. */
@EventContract({
  type: 'reporting.retaliation.moved.v1',
  topic: 'reporting.events',
  key: 'complaintId',
  time: 'instant',
  says: 'A complaint of retaliation went to another state: assessed, protected or not upheld, monitored, closed.',
})
export class RetaliationMovedV1 {
  @Id() complaintId: string;
  @Id() caseId: string;
  @Day() day: string;
  @OpenCode() from: string;
  @OpenCode() to: string;
  /** A code of why, or of the measure that protects. */
  @Optional() @OpenCode() reason?: string;
}
