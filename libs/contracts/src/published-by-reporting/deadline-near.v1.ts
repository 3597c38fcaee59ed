import { Code, Day, Id } from '../fields.js';
import { EventContract } from '../event.js';
import { CASE_DEADLINES, type CaseDeadline } from '../vocabulary.js';

/** A deadline towards the reporting person comes near; nobody acted on it yet. */
@EventContract({
  type: 'reporting.deadline.near.v1',
  topic: 'reporting.events',
  key: 'caseId',
  time: 'day',
  says: 'A deadline towards the reporting person comes near.',
})
export class DeadlineNearV1 {
  @Id() caseId: string;
  @Day() day: string;
  @Code(CASE_DEADLINES) deadline: CaseDeadline;
  /** The last day on which it is kept. */
  @Day() dueDay: string;
}
