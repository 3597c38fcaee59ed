import { Day, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';

/** An organisation of the quasi-public sector came under the rules of compliance. */
@EventContract({
  type: 'compliance.organisation.registered.v1',
  topic: 'compliance.events',
  key: 'organisationBin',
  time: 'instant',
  says: 'An organisation of the quasi-public sector came under the rules of compliance.',
})
export class OrganisationRegisteredV1 {
  @OrganisationBin() organisationBin: string;
  @Day() day: string;
}
