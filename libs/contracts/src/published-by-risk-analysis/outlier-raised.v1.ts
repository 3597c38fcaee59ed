import { Code, Day, Id, OpenCode } from '../fields.js';
import { EventContract } from '../event.js';
import { OUTLIER_GROUPS, type OutlierGroup } from '../vocabulary.js';

/** Somebody, or a process, stands out among all by one indicator; who it is stays in risk-analysis. */
@EventContract({
  type: 'risk-analysis.outlier.raised.v1',
  topic: 'risk-analysis.events',
  key: 'outlierId',
  time: 'instant',
  says: 'Somebody, or a process, stands out among all by one indicator; who it is stays in risk-analysis.',
})
export class OutlierRaisedV1 {
  @Id() outlierId: string;
  @Day() day: string;
  @OpenCode() indicator: string;
  /** A process, or a role in processes. */
  @Code(OUTLIER_GROUPS) group: OutlierGroup;
  /** The snapshot of the fences that it was told by. */
  @Id() snapshotId: string;
}
