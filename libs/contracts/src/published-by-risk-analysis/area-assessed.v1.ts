import { Code, Count, Day, Id, Measure, OpenCode } from '../fields.js';
import { EventContract } from '../event.js';
import { RISK_LEVELS, type RiskLevel } from '../vocabulary.js';

/** Reports and flags of an area were weighed together. */
@EventContract({
  type: 'risk-analysis.area.assessed.v1',
  topic: 'risk-analysis.events',
  key: 'assessmentId',
  time: 'instant',
  says: 'Reports and flags of an area were weighed together.',
})
export class AreaAssessedV1 {
  @Id() assessmentId: string;
  @OpenCode() areaCode: string;
  @Day() day: string;
  @Count() reports: number;
  @Count() processes: number;
  @Count() flagged: number;
  @Measure() score: number;
  @Code(RISK_LEVELS) level: RiskLevel;
  @OpenCode() policy: string;
}
