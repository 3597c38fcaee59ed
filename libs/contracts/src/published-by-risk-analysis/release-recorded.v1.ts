import { Code, Count, Day, Id, OpenCode, Optional, Tiyn } from '../fields.js';
import { EventContract } from '../event.js';
import { RELEASE_ORIGINS, type ReleaseOrigin } from '../vocabulary.js';

/** A version of a procurement release was recorded. */
@EventContract({
  type: 'risk-analysis.release.recorded.v1',
  topic: 'risk-analysis.events',
  key: 'ocid',
  time: 'instant',
  says: 'A version of a procurement release was recorded.',
})
export class ReleaseRecordedV1 {
  @Id() ocid: string;
  @Day() day: string;
  @Code(RELEASE_ORIGINS) origin: ReleaseOrigin;
  @OpenCode() areaCode: string;
  @Optional() @OpenCode() method?: string;
  @Optional() @Count() tenderers?: number;
  @Optional() @Tiyn() amount?: number;
  @Optional() @OpenCode() currency?: string;
}
