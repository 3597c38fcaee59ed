import { Code, Day, Id, OpenCode, Optional } from '../../fields.js';
import { EventContract } from '../../event.js';
import {
  COMMENT_DECISIONS,
  type CommentDecision,
  MODERATION_GROUNDS,
  type ModerationGround,
} from '../../vocabulary.js';

/** A comment was answered, hidden with its ground, appealed for, shown again or left hidden. */
@EventContract({
  type: 'report-compilation.comment.moved.v1',
  topic: 'report-compilation.events',
  key: 'commentId',
  time: 'day',
  says: 'A comment was answered, hidden with its ground, appealed for, shown again or left hidden.',
})
export class CommentMovedV1 {
  @Id() commentId: string;
  @Id() consultationId: string;
  @Day() day: string;
  @OpenCode() from: string;
  @OpenCode() to: string;
  @Optional() @Code(MODERATION_GROUNDS) ground?: ModerationGround;
  @Optional() @Code(COMMENT_DECISIONS) decision?: CommentDecision;
}
