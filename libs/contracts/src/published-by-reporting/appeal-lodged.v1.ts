import { Day, Id, OpenCode } from '../fields.js';
import { EventContract } from '../event.js';

/** A reporting person appealed against the outcome of a case; why stays sealed in reporting. */
@EventContract({
  type: 'reporting.appeal.lodged.v1',
  topic: 'reporting.events',
  key: 'caseId',
  time: 'day',
  says: 'A reporting person appealed against the outcome of a case; why stays sealed in reporting.',
})
export class AppealLodgedV1 {
  @Id() caseId: string;
  @Day() day: string;
  /** The outcome: rejected or unsubstantiated. */
  @OpenCode() against: string;
}
