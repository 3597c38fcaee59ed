import { Count, Day, Id } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A published edition was corrected by a later one; it stays where it is. */
@EventContract({
  type: 'report-compilation.national-report.corrected.v1',
  topic: 'report-compilation.events',
  key: 'nationalReportId',
  time: 'instant',
  says: 'A published edition was corrected by a later one; it stays where it is.',
})
export class NationalReportCorrectedV1 {
  @Id() nationalReportId: string;
  @Count() year: number;
  @Count() edition: number;
  @Day() day: string;
  @Count() correctedBy: number;
}
