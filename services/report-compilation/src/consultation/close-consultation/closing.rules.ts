import { RuleError } from '@aiqyn/contracts';
import { type CommentState, isOpen } from '../comments/comment-states.rules.js';

/** Receipt numbers that a refusal lists at most. */
export const LISTED = 100;

interface Facts {
  readonly receiptNumber: string;
  readonly state: CommentState;
  readonly hiddenDay?: string;
  readonly answeredBy: readonly string[];
}

/**
 * Whether a consultation may close: nothing is owed to anybody who commented, and who closes it answered nothing. Throws RuleError
 * `comments_open` with how many and the first receipt numbers, `same_person`.
 */
export function mayClose(comments: readonly Facts[], by: string, appealDays: number, today: string): void {
  const open = comments.filter((one) => isOpen(one, appealDays, today)).map(({ receiptNumber }) => receiptNumber);
  if (open.length > 0)
    throw new RuleError(
      'comments_open',
      'each comment has its answer, and each appeal its decision, before it closes',
      {
        open: { count: open.length, first: open.sort().slice(0, LISTED) },
      },
    );
  if (comments.some(({ answeredBy }) => answeredBy.includes(by)))
    throw new RuleError('same_person', 'another person than who answered closes the consultation');
}
