import { Day, Id } from '../fields.js';
import { EventContract } from '../event.js';

/** A reporting person attached a file; its name, size and content stay sealed in reporting. */
@EventContract({
  type: 'reporting.attachment.added.v1',
  topic: 'reporting.events',
  key: 'caseId',
  time: 'day',
  says: 'A reporting person attached a file; its name, size and content stay sealed in reporting.',
})
export class AttachmentAddedV1 {
  @Id() caseId: string;
  @Day() day: string;
}
