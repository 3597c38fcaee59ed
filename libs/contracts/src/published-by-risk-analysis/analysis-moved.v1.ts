import { Day, Id, OpenCode } from '../fields.js';
import { EventContract } from '../event.js';

/** A corruption-risk analysis or monitoring went from one state to another. */
@EventContract({
  type: 'risk-analysis.analysis.moved.v1',
  topic: 'risk-analysis.events',
  key: 'analysisId',
  time: 'instant',
  says: 'A corruption-risk analysis or monitoring went from one state to another.',
})
export class AnalysisMovedV1 {
  @Id() analysisId: string;
  @Day() day: string;
  @OpenCode() kind: string;
  @OpenCode() areaCode: string;
  @OpenCode() from: string;
  @OpenCode() to: string;
}
