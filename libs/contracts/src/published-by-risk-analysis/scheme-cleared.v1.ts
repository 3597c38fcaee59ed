import { EventContract } from '../event.js';
import { Day, Id, OpenCode } from '../fields.js';

/** A scheme no longer stands: its processes, signals or links are no longer so, or the pattern is no longer in force. */
@EventContract({
  type: 'risk-analysis.scheme.cleared.v1',
  topic: 'risk-analysis.events',
  key: 'schemeId',
  time: 'instant',
  says: 'A scheme no longer stands: its processes, signals or links are no longer so, or the pattern is no longer in force.',
})
export class SchemeClearedV1 {
  @Id() schemeId: string;
  @OpenCode() code: string;
  @Day() day: string;
}
