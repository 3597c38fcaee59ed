import { Count, Day, Id, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A published version of a policy document was adopted, by another person than who drafted it. */
@EventContract({
  type: 'report-compilation.policy.adopted.v1',
  topic: 'report-compilation.events',
  key: 'documentId',
  time: 'instant',
  says: 'A published version of a policy document was adopted, by another person than who drafted it.',
})
export class PolicyAdoptedV1 {
  @Id() documentId: string;
  @Day() day: string;
  @OpenCode() kind: string;
  @Count() documentVersion: number;
  @Id() sha256: string;
}
