import { Count, Day, Id, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';

/** The measures of an adopted document were frozen for a quarter: what is counted against them has this denominator. */
@EventContract({
  type: 'report-compilation.plan.frozen.v1',
  topic: 'report-compilation.events',
  key: 'planId',
  time: 'instant',
  says: 'The measures of an adopted document were frozen for a quarter: what is counted against them has this denominator.',
})
export class PlanFrozenV1 {
  @Id() planId: string;
  @Id() documentId: string;
  @Count() documentVersion: number;
  @OpenCode() quarter: string;
  @Day() day: string;
  @Count() measures: number;
}
