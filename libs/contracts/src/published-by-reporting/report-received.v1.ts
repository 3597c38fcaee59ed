import { Code, Day, Id, OpenCode, Optional, OrganisationBin, Region, Tiyn } from '../fields.js';
import { EventContract } from '../event.js';
import { REPORT_CATEGORIES, REPORT_MODES, type ReportCategory, type ReportMode } from '../vocabulary.js';

/** A citizen handed in a report; its words stay sealed in reporting. */
@EventContract({
  type: 'reporting.report.received.v1',
  topic: 'reporting.events',
  key: 'reportId',
  time: 'day',
  says: 'A citizen handed in a report; its words stay sealed in reporting.',
})
export class ReportReceivedV1 {
  @Id() reportId: string;
  @Day() day: string;
  @Code(REPORT_CATEGORIES) category: ReportCategory;
  @Code(REPORT_MODES) mode: ReportMode;
  @OpenCode() areaCode: string;
  @Region() region: string;
  @Optional() @OrganisationBin() organisationBin?: string;
  @Optional() @Tiyn() allegedAmount?: number;
}
