import { Day, Id, OpenCode, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';

/** An incident in an organisation went to another state; whom it is about stays with the organisation. */
@EventContract({
  type: 'compliance.incident.moved.v1',
  topic: 'compliance.events',
  key: 'incidentId',
  time: 'instant',
  says: 'An incident in an organisation went to another state; whom it is about stays with the organisation.',
})
export class IncidentMovedV1 {
  @Id() incidentId: string;
  @OrganisationBin() organisationBin: string;
  @Day() day: string;
  @OpenCode() state: string;
}
