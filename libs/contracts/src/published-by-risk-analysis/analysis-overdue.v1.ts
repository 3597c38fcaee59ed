import { Day, Id, OpenCode } from '../fields.js';
import { EventContract } from '../event.js';

/** A term of a corruption-risk analysis passed, or a quarterly check of its measures did not happen; once a term. */
@EventContract({
  type: 'risk-analysis.analysis.overdue.v1',
  topic: 'risk-analysis.events',
  key: 'analysisId',
  time: 'instant',
  says: 'A term of a corruption-risk analysis passed, or a quarterly check of its measures did not happen; once a term.',
})
export class AnalysisOverdueV1 {
  @Id() analysisId: string;
  @Day() day: string;
  /** The state whose term it was. */
  @OpenCode() state: string;
  @OpenCode() areaCode: string;
  @Day() dueDay: string;
}
