import { Day, Id, OpenCode } from '../fields.js';
import { EventContract } from '../event.js';

/** A later version of the release no longer triggers the indicator. */
@EventContract({
  type: 'risk-analysis.flag.cleared.v1',
  topic: 'risk-analysis.events',
  key: 'flagId',
  time: 'instant',
  says: 'A later version of the release no longer triggers the indicator.',
})
export class FlagClearedV1 {
  @Id() flagId: string;
  @Id() ocid: string;
  @Day() day: string;
  @OpenCode() indicator: string;
}
