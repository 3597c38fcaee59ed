import { Count, Day, Id } from '../../fields.js';
import { EventContract } from '../../event.js';

/** All material that bodies were asked for is there, or was done without for a stated reason. */
@EventContract({
  type: 'report-compilation.national-report.collected.v1',
  topic: 'report-compilation.events',
  key: 'nationalReportId',
  time: 'instant',
  says: 'All material that bodies were asked for is there, or was done without for a stated reason.',
})
export class NationalReportCollectedV1 {
  @Id() nationalReportId: string;
  @Count() year: number;
  @Count() edition: number;
  @Day() day: string;
}
