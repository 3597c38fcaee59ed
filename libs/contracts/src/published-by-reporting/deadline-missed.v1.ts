import { Code, Day, Id } from '../fields.js';
import { EventContract } from '../event.js';
import { CASE_DEADLINES, type CaseDeadline } from '../vocabulary.js';

/** A deadline towards the reporting person ran out. */
@EventContract({
  type: 'reporting.deadline.missed.v1',
  topic: 'reporting.events',
  key: 'caseId',
  time: 'day',
  says: 'A deadline towards the reporting person ran out: not acknowledged, or not told what came of the report.',
})
export class DeadlineMissedV1 {
  @Id() caseId: string;
  @Day() day: string;
  @Code(CASE_DEADLINES) deadline: CaseDeadline;
  /** The last day on which it would have been kept. */
  @Day() dueDay: string;
}
