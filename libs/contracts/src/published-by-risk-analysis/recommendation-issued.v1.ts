import { Day, Id, Measure, OpenCode } from '../fields.js';
import { EventContract } from '../event.js';

/** An assessment asks for a measurable change by a day. */
@EventContract({
  type: 'risk-analysis.recommendation.issued.v1',
  topic: 'risk-analysis.events',
  key: 'recommendationId',
  time: 'instant',
  says: 'An assessment asks for a measurable change by a day.',
})
export class RecommendationIssuedV1 {
  @Id() recommendationId: string;
  @Id() assessmentId: string;
  @OpenCode() areaCode: string;
  @Day() day: string;
  @OpenCode() indicator: string;
  /** Share of flagged processes today and the share asked for, 0 to 1. */
  @Measure() baseline: number;
  @Measure() target: number;
  @Day() dueDay: string;
}
