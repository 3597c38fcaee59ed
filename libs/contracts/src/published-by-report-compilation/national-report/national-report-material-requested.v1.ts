import { Count, Day, Id, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A body was asked for its material for an edition. */
@EventContract({
  type: 'report-compilation.national-report.material-requested.v1',
  topic: 'report-compilation.events',
  key: 'nationalReportId',
  time: 'instant',
  says: 'A body was asked for its material for an edition.',
})
export class NationalReportMaterialRequestedV1 {
  @Id() nationalReportId: string;
  @Count() year: number;
  @Count() edition: number;
  @Day() day: string;
  @Id() materialId: string;
  @OpenCode() body: string;
  @Day() dueDay: string;
}
