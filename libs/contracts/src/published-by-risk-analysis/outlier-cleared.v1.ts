import { Day, Id, OpenCode } from '../fields.js';
import { EventContract } from '../event.js';

/** Who stood out does so no more: by a later version of a process, or by newer fences. */
@EventContract({
  type: 'risk-analysis.outlier.cleared.v1',
  topic: 'risk-analysis.events',
  key: 'outlierId',
  time: 'instant',
  says: 'Who stood out does so no more: by a later version of a process, or by newer fences.',
})
export class OutlierClearedV1 {
  @Id() outlierId: string;
  @Day() day: string;
  @OpenCode() indicator: string;
  @Id() snapshotId: string;
}
