import { Count, Day, Id } from '../../fields.js';
import { EventContract } from '../../event.js';

/** The public was heard on an edition and every comment has its answer. */
@EventContract({
  type: 'report-compilation.national-report.consulted.v1',
  topic: 'report-compilation.events',
  key: 'nationalReportId',
  time: 'instant',
  says: 'The public was heard on an edition and every comment has its answer.',
})
export class NationalReportConsultedV1 {
  @Id() nationalReportId: string;
  @Count() year: number;
  @Count() edition: number;
  @Day() day: string;
}
