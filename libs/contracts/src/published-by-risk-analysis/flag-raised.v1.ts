import { Code, Count, Day, Id, OpenCode } from '../fields.js';
import { EventContract } from '../event.js';
import { RELEASE_ORIGINS, type ReleaseOrigin } from '../vocabulary.js';

/** An indicator was triggered on a procurement process; the evidence stays in risk-analysis. */
@EventContract({
  type: 'risk-analysis.flag.raised.v1',
  topic: 'risk-analysis.events',
  key: 'flagId',
  time: 'instant',
  says: 'An indicator was triggered on a procurement process; the evidence stays in risk-analysis.',
})
export class FlagRaisedV1 {
  @Id() flagId: string;
  @Id() ocid: string;
  @Day() day: string;
  @OpenCode() indicator: string;
  @Count() indicatorVersion: number;
  @OpenCode() areaCode: string;
  @Code(RELEASE_ORIGINS) origin: ReleaseOrigin;
}
