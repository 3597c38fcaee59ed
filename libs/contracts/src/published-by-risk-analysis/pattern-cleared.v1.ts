import { Day, Id, OpenCode } from '../fields.js';
import { EventContract } from '../event.js';

/** What many purchases together showed is there no more. */
@EventContract({
  type: 'risk-analysis.pattern.cleared.v1',
  topic: 'risk-analysis.events',
  key: 'patternId',
  time: 'instant',
  says: 'What many purchases together showed is there no more.',
})
export class PatternClearedV1 {
  @Id() patternId: string;
  @Day() day: string;
  @OpenCode() indicator: string;
}
