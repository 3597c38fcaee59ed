import { Day, Id, OpenCode } from '../../fields.js';
import { EventContract } from '../../event.js';

/** A comment on a unit of a document came in; who wrote it and what it says is not told. */
@EventContract({
  type: 'report-compilation.comment.received.v1',
  topic: 'report-compilation.events',
  key: 'commentId',
  time: 'day',
  says: 'A comment on a unit of a document came in; who wrote it and what it says is not told.',
})
export class CommentReceivedV1 {
  @Id() commentId: string;
  @Id() consultationId: string;
  @Day() day: string;
  @OpenCode() unitId: string;
  @OpenCode() language: string;
}
