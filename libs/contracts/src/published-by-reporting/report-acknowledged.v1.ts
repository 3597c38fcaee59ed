import { Day, Id } from '../fields.js';
import { EventContract } from '../event.js';

/** An office told the reporting person that the report arrived. */
@EventContract({
  type: 'reporting.report.acknowledged.v1',
  topic: 'reporting.events',
  key: 'reportId',
  time: 'instant',
  says: 'An office told the reporting person that the report arrived.',
})
export class ReportAcknowledgedV1 {
  @Id() reportId: string;
  @Day() day: string;
}
