import { Code, Day, Id, OpenCode, Region } from '../fields.js';
import { EventContract } from '../event.js';
import { REPORT_CATEGORIES, type ReportCategory } from '../vocabulary.js';

/** A triaged report became a case under investigation. */
@EventContract({
  type: 'reporting.case.opened.v1',
  topic: 'reporting.events',
  key: 'caseId',
  time: 'instant',
  says: 'A triaged report became a case under investigation.',
})
export class CaseOpenedV1 {
  @Id() caseId: string;
  @Id() reportId: string;
  @Day() day: string;
  @Code(REPORT_CATEGORIES) category: ReportCategory;
  @OpenCode() areaCode: string;
  @Region() region: string;
}
