import { Count, Day, Id } from '../fields.js';
import { EventContract } from '../event.js';

/** The transparency log grew by the reports of a day and its new tree head was signed. */
@EventContract({
  type: 'reporting.tree-head.signed.v1',
  topic: 'reporting.events',
  key: 'logId',
  time: 'day',
  says: 'The transparency log grew by the reports of a day and its new tree head was signed.',
})
export class TreeHeadSignedV1 {
  @Id() logId: string;
  /** The last day of a report that is in the tree. */
  @Day() day: string;
  @Count() treeSize: number;
  /** SHA-256, hexadecimal. */
  @Id() rootHash: string;
  @Id() keyId: string;
}
