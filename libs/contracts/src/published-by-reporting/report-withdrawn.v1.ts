import { Day, Id } from '../fields.js';
import { EventContract } from '../event.js';

/** A reporting person withdrew their report; the case keeps its state, as the public interest may go on. */
@EventContract({
  type: 'reporting.report.withdrawn.v1',
  topic: 'reporting.events',
  key: 'reportId',
  time: 'day',
  says: 'A reporting person withdrew their report; the case keeps its state.',
})
export class ReportWithdrawnV1 {
  @Id() reportId: string;
  @Day() day: string;
}
