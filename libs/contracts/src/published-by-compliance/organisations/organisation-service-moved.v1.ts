import { Code, Day, Optional, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';
import { REPORTING_LINES, type ReportingLine, SERVICE_STATES, type ServiceState } from '../../vocabulary.js';

/** The compliance service of an organisation was set up, confirmed, fell vacant, or reports to another body. */
@EventContract({
  type: 'compliance.organisation.service-moved.v1',
  topic: 'compliance.events',
  key: 'organisationBin',
  time: 'instant',
  says: 'The compliance service of an organisation was set up, confirmed, fell vacant, or reports to another body.',
})
export class OrganisationServiceMovedV1 {
  @OrganisationBin() organisationBin: string;
  @Day() day: string;
  @Code(SERVICE_STATES) state: ServiceState;
  @Optional() @Code(REPORTING_LINES) reportingLine?: ReportingLine;
}
