import { Day, Id, OpenCode, Optional, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';

/** An evidence of compliance was requested, submitted, accepted or rejected, or is no longer fresh. */
@EventContract({
  type: 'compliance.evidence.moved.v1',
  topic: 'compliance.events',
  key: 'evidenceId',
  time: 'instant',
  says: 'An evidence of compliance was requested, submitted, accepted or rejected, or is no longer fresh.',
})
export class EvidenceMovedV1 {
  @Id() evidenceId: string;
  @OrganisationBin() organisationBin: string;
  @Day() day: string;
  @OpenCode() requirement: string;
  @OpenCode() kind: string;
  @OpenCode() state: string;
  /** The day that the evidence speaks of, and the first on which it counts no more. */
  @Optional() @Day() effectiveDay?: string;
  @Optional() @Day() expiresDay?: string;
}
