import { Code, Count, Day, Id } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A term of the law for an edition is near, or passed before its step was taken. */
@EventContract({
  type: 'report-compilation.national-report.term-reminded.v1',
  topic: 'report-compilation.events',
  key: 'nationalReportId',
  time: 'instant',
  says: 'A term of the law for an edition is near, or passed before its step was taken.',
})
export class NationalReportTermRemindedV1 {
  @Id() nationalReportId: string;
  @Count() year: number;
  @Count() edition: number;
  @Day() day: string;
  @Code(['collectBy', 'draftBy', 'submitBy', 'publishBy']) term: 'collectBy' | 'draftBy' | 'submitBy' | 'publishBy';
  @Day() termDay: string;
  @Code(['near', 'passed']) stage: 'near' | 'passed';
}
