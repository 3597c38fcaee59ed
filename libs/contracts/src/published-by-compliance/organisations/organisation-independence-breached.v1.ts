import { Code, Day, Id, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';
import { INDEPENDENCE_BREACHES, type IndependenceBreach } from '../../vocabulary.js';

/** The compliance officer was removed, paid less or put under another body while an inquiry was open. */
@EventContract({
  type: 'compliance.organisation.independence-breached.v1',
  topic: 'compliance.events',
  key: 'organisationBin',
  time: 'instant',
  says: 'The compliance officer was removed, paid less or put under another body while an inquiry was open.',
})
export class OrganisationIndependenceBreachedV1 {
  @OrganisationBin() organisationBin: string;
  @Day() day: string;
  @Code(INDEPENDENCE_BREACHES) cause: IndependenceBreach;
  /** An inquiry that was open on that day. */
  @Id() incidentId: string;
}
