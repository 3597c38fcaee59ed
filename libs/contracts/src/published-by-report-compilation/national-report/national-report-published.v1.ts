import { Count, Day, Id } from '../../fields.js';
import { EventContract } from '../../event.js';

/** The National Report was published. */
@EventContract({
  type: 'report-compilation.national-report.published.v1',
  topic: 'report-compilation.events',
  key: 'nationalReportId',
  time: 'instant',
  says: 'The National Report was published.',
})
export class NationalReportPublishedV1 {
  @Id() nationalReportId: string;
  @Count() year: number;
  @Count() edition: number;
  @Day() day: string;
}
