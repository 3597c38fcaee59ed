import { Count, Day, Id, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A version of a policy document or of a draft report was published; how many units it changed. */
@EventContract({
  type: 'report-compilation.policy.version-published.v1',
  topic: 'report-compilation.events',
  key: 'documentId',
  time: 'instant',
  says: 'A version of a policy document or of a draft report was published; how many units it changed.',
})
export class PolicyVersionPublishedV1 {
  @Id() documentId: string;
  @Day() day: string;
  @OpenCode() kind: string;
  @Count() documentVersion: number;
  @Count() units: number;
  @Count() added: number;
  @Count() changed: number;
  @Count() removed: number;
  @Id() sha256: string;
}
