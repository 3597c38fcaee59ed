import { EventContract } from '../event.js';
import { Day, Id, OpenCode, Optional, OrganisationBin } from '../fields.js';

/** A pattern of signals and links stands, which a person should look at; who stands in it stays in risk-analysis. */
@EventContract({
  type: 'risk-analysis.scheme.detected.v1',
  topic: 'risk-analysis.events',
  key: 'schemeId',
  time: 'instant',
  says: 'A pattern of signals and links stands, which a person should look at; who stands in it stays in risk-analysis.',
})
export class SchemeDetectedV1 {
  @Id() schemeId: string;
  @OpenCode() code: string;
  @Day() day: string;
  @OpenCode() areaCode: string;
  /** Of the buyer, where the pattern has one. */
  @Optional() @OrganisationBin() organisationBin?: string;
}
