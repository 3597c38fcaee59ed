import { Count, Day, Id, OpenCode, OpenCodes, OrganisationBin, YesNo } from '../fields.js';
import { EventContract } from '../event.js';

/** What an official declared does not add up: a signal that a person looks into, no finding. */
@EventContract({
  type: 'risk-analysis.enrichment.suspected.v1',
  topic: 'risk-analysis.events',
  key: 'inquiryId',
  time: 'instant',
  says: 'What an official declared does not add up: a signal that a person looks into, no finding.',
})
export class EnrichmentSuspectedV1 {
  @Id() inquiryId: string;
  @Day() day: string;
  @Id() personId: string;
  /** The calendar year that was declared. */
  @Count() year: number;
  @OpenCodes() checks: string[];
  @OpenCode() areaCode: string;
  @OrganisationBin() bodyBin: string;
  /** Whether only the upper end of what is declared as a range passes a threshold. */
  @YesNo() possible: boolean;
}
