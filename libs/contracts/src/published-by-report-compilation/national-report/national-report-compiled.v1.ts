import { Count, Day, Id } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A National Report was compiled from the events of a year. */
@EventContract({
  type: 'report-compilation.national-report.compiled.v1',
  topic: 'report-compilation.events',
  key: 'nationalReportId',
  time: 'instant',
  says: 'A National Report was compiled from the events of a year.',
})
export class NationalReportCompiledV1 {
  @Id() nationalReportId: string;
  @Count() year: number;
  @Count() edition: number;
  @Day() day: string;
}
