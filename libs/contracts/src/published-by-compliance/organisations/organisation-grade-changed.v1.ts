import { Code, Count, Day, Id, OpenCode, Optional, OrganisationBin } from '../../fields.js';
import { EventContract } from '../../event.js';
import {
  COMPLIANCE_GRADES,
  COMPLIANCE_STATUSES,
  type ComplianceGrade,
  type ComplianceStatus,
  GRADE_CAUSES,
  type GradeCause,
} from '../../vocabulary.js';

/** The grade of an organisation moved after its assessment, by what happened since. */
@EventContract({
  type: 'compliance.organisation.grade-changed.v1',
  topic: 'compliance.events',
  key: 'organisationBin',
  time: 'instant',
  says: 'The grade of an organisation moved after its assessment, by what happened since.',
})
export class OrganisationGradeChangedV1 {
  @OrganisationBin() organisationBin: string;
  @Day() day: string;
  /** Missing when there was, or is, none. */
  @Optional() @Code(COMPLIANCE_GRADES) oldGrade?: ComplianceGrade;
  @Optional() @Code(COMPLIANCE_GRADES) newGrade?: ComplianceGrade;
  @Code(COMPLIANCE_STATUSES) status: ComplianceStatus;
  /** Hundredths of a point. */
  @Count() oldScore: number;
  @Count() newScore: number;
  @Code(GRADE_CAUSES) cause: GradeCause;
  @Id() causeId: string;
  @OpenCode() catalogue: string;
}
