import { Code, Day, Id } from '../fields.js';
import { EventContract } from '../event.js';

/** The reporting person and the office wrote to each other; what they wrote stays sealed in reporting. */
@EventContract({
  type: 'reporting.message.sent.v1',
  topic: 'reporting.events',
  key: 'caseId',
  time: 'day',
  says: 'The reporting person and the office wrote to each other; the words stay sealed in reporting.',
})
export class MessageSentV1 {
  @Id() caseId: string;
  @Day() day: string;
  @Code(['reporter', 'office']) from: 'reporter' | 'office';
}
