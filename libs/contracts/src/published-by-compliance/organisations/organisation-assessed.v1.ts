import { Code, Count, Day, Id, OpenCode, OpenCodes, Optional, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';
import {
  COMPLIANCE_GRADES,
  COMPLIANCE_STATUSES,
  type ComplianceGrade,
  type ComplianceStatus,
} from '../../vocabulary.js';

/** The compliance of an organisation was assessed to the end: what it claimed and what was found, with the grade. */
@EventContract({
  type: 'compliance.organisation.assessed.v1',
  topic: 'compliance.events',
  key: 'organisationBin',
  time: 'instant',
  says: 'The compliance of an organisation was assessed to the end: what it claimed and what was found, with the grade.',
})
export class OrganisationAssessedV1 {
  @OrganisationBin() organisationBin: string;
  @Id() assessmentId: string;
  @Day() day: string;
  /** Missing when too little is assessed for one. */
  @Optional() @Code(COMPLIANCE_GRADES) grade?: ComplianceGrade;
  @Code(COMPLIANCE_STATUSES) status: ComplianceStatus;
  /** Hundredths of a point, 0 to 10000: what was found, and what the organisation claimed. */
  @Count() verified: number;
  @Count() self: number;
  @OpenCodes() gates: string[];
  @OpenCode() catalogue: string;
}
