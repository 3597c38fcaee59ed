import { Code, Day, Id } from '../fields.js';
import { EventContract } from '../event.js';

/** Another person than who decided the outcome heard an appeal: the case goes back into triage, or its outcome stands. */
@EventContract({
  type: 'reporting.appeal.decided.v1',
  topic: 'reporting.events',
  key: 'caseId',
  time: 'instant',
  says: 'An appeal was heard by another person: the case goes back into triage, or its outcome stands.',
})
export class AppealDecidedV1 {
  @Id() caseId: string;
  @Day() day: string;
  @Code(['allowed', 'upheld']) outcome: 'allowed' | 'upheld';
}
