import { Count, Day, Id } from '../../fields.js';
import { EventContract } from '../../event.js';

/** The work on an edition of the National Report began. */
@EventContract({
  type: 'report-compilation.national-report.drafted.v1',
  topic: 'report-compilation.events',
  key: 'nationalReportId',
  time: 'instant',
  says: 'The work on an edition of the National Report began.',
})
export class NationalReportDraftedV1 {
  @Id() nationalReportId: string;
  @Count() year: number;
  @Count() edition: number;
  @Day() day: string;
}
