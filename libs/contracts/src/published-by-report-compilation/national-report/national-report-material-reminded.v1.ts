import { Code, Count, Day, Id, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A body was reminded of its material for an edition: its term is near, or over. */
@EventContract({
  type: 'report-compilation.national-report.material-reminded.v1',
  topic: 'report-compilation.events',
  key: 'nationalReportId',
  time: 'instant',
  says: 'A body was reminded of its material for an edition: its term is near, or over.',
})
export class NationalReportMaterialRemindedV1 {
  @Id() nationalReportId: string;
  @Count() year: number;
  @Count() edition: number;
  @Day() day: string;
  @Id() materialId: string;
  @OpenCode() body: string;
  @Code(['near', 'overdue']) stage: 'near' | 'overdue';
}
