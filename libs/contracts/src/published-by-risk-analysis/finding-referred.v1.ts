import { Code, Day, Id, OpenCode, Optional, OrganisationBin, Region } from '../fields.js';
import { EventContract } from '../event.js';
import { FINDING_KINDS, type FindingKind, REPORT_CATEGORIES, type ReportCategory } from '../vocabulary.js';

/** An analyst hands a finding over: reporting opens a case of it. The evidence stays in risk-analysis. */
@EventContract({
  type: 'risk-analysis.finding.referred.v1',
  topic: 'risk-analysis.events',
  key: 'findingId',
  time: 'instant',
  says: 'An analyst hands a finding over: reporting opens a case of it. The evidence stays in risk-analysis.',
})
export class FindingReferredV1 {
  @Id() findingId: string;
  @Day() day: string;
  @Code(FINDING_KINDS) kind: FindingKind;
  /** What it was found on: a flag, a declaration, a scheme. */
  @Id() subjectId: string;
  @Code(REPORT_CATEGORIES) category: ReportCategory;
  @OpenCode() areaCode: string;
  @Region() region: string;
  @Optional() @OrganisationBin() organisationBin?: string;
}
