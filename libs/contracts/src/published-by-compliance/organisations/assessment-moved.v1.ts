import { Day, Id, OpenCode, Optional, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';

/** The assessment of an organisation went to another state. */
@EventContract({
  type: 'compliance.assessment.moved.v1',
  topic: 'compliance.events',
  key: 'assessmentId',
  time: 'instant',
  says: 'The assessment of an organisation went to another state.',
})
export class AssessmentMovedV1 {
  @Id() assessmentId: string;
  @OrganisationBin() organisationBin: string;
  @Day() day: string;
  @OpenCode() state: string;
  /** The last day of the next step. */
  @Optional() @Day() dueDay?: string;
}
