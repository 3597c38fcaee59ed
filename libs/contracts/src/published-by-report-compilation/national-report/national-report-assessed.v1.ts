import { Count, Day, Id } from '../../fields.js';
import { EventContract } from '../../event.js';

/** The events that an edition is made of were sealed and its numbers computed. */
@EventContract({
  type: 'report-compilation.national-report.assessed.v1',
  topic: 'report-compilation.events',
  key: 'nationalReportId',
  time: 'instant',
  says: 'The events that an edition is made of were sealed and its numbers computed.',
})
export class NationalReportAssessedV1 {
  @Id() nationalReportId: string;
  @Count() year: number;
  @Count() edition: number;
  @Day() day: string;
  @Id() snapshotId: string;
  /** Root of the Merkle tree over all sealed events. */
  @Id() snapshotRoot: string;
  @Count() events: number;
}
