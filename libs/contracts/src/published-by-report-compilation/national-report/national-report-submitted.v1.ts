import { Count, Day, Id } from '../../fields.js';
import { EventContract } from '../../event.js';

/** The National Report was submitted to the President. */
@EventContract({
  type: 'report-compilation.national-report.submitted.v1',
  topic: 'report-compilation.events',
  key: 'nationalReportId',
  time: 'instant',
  says: 'The National Report was submitted to the President.',
})
export class NationalReportSubmittedV1 {
  @Id() nationalReportId: string;
  @Count() year: number;
  @Count() edition: number;
  @Day() day: string;
}
