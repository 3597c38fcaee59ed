import { Count, Day, Id } from '../../fields.js';
import { EventContract } from '../../event.js';

/** Another person than its author approved the National Report. */
@EventContract({
  type: 'report-compilation.national-report.approved.v1',
  topic: 'report-compilation.events',
  key: 'nationalReportId',
  time: 'instant',
  says: 'Another person than its author approved the National Report.',
})
export class NationalReportApprovedV1 {
  @Id() nationalReportId: string;
  @Count() year: number;
  @Count() edition: number;
  @Day() day: string;
}
