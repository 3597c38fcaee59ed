import { Day, Id, OpenCode } from '../fields.js';
import { EventContract } from '../event.js';

/** The term to explain passed without an answer; once an inquiry. */
@EventContract({
  type: 'risk-analysis.enrichment.overdue.v1',
  topic: 'risk-analysis.events',
  key: 'inquiryId',
  time: 'instant',
  says: 'The term to explain passed without an answer; once an inquiry.',
})
export class EnrichmentOverdueV1 {
  @Id() inquiryId: string;
  @Day() day: string;
  @Day() dueDay: string;
  @OpenCode() areaCode: string;
}
