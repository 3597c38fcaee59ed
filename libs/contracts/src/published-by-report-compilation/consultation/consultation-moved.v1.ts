import { Count, Day, Id, OpenCode, Optional } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A public consultation was announced, takes comments, waits for answers to them, or was closed with each of them answered. */
@EventContract({
  type: 'report-compilation.consultation.moved.v1',
  topic: 'report-compilation.events',
  key: 'consultationId',
  time: 'instant',
  says: 'A public consultation was announced, takes comments, waits for answers to them, or was closed with each of them answered.',
})
export class ConsultationMovedV1 {
  @Id() consultationId: string;
  @Id() documentId: string;
  @Count() documentVersion: number;
  @Day() day: string;
  @Day() firstDay: string;
  @Day() lastDay: string;
  /** Missing when it begins. */
  @Optional() @OpenCode() from?: string;
  @OpenCode() to: string;
  @Count() comments: number;
}
