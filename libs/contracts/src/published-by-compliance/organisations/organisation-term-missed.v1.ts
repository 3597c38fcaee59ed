import { Code, Day, Id, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';
import { COMPLIANCE_TERMS, type ComplianceTerm } from '../../vocabulary.js';

/** A term of the compliance of an organisation passed: to fill the service, to assess, to review, to plan or to carry out an order. */
@EventContract({
  type: 'compliance.organisation.term-missed.v1',
  topic: 'compliance.events',
  key: 'organisationBin',
  time: 'instant',
  says: 'A term of the compliance of an organisation passed: to fill the service, to assess, to review, to plan or to carry out an order.',
})
export class OrganisationTermMissedV1 {
  @OrganisationBin() organisationBin: string;
  @Day() day: string;
  @Code(COMPLIANCE_TERMS) term: ComplianceTerm;
  /** The assessment or order concerned; the organisation itself for a vacancy. */
  @Id() subjectId: string;
  @Day() dueDay: string;
}
