import { addDays, transition, type Transitions } from '@aiqyn/contracts';

/** Where a comment may go. An answer may be revised; a hidden comment may be appealed for once. */
export const COMMENT_TRANSITIONS = {
  received: ['answered', 'hidden'],
  answered: ['answered', 'hidden'],
  hidden: ['appealed'],
  appealed: ['restored', 'upheld'],
  // A second person looked: what they show again is not hidden again.
  restored: ['answered'],
  upheld: [],
} as const satisfies Transitions<string>;

export type CommentState = keyof typeof COMMENT_TRANSITIONS;
export const COMMENT_STATES = Object.keys(COMMENT_TRANSITIONS) as CommentState[];

/** The state after the move; throws RuleError `illegal_transition` with the moves that are allowed. */
export const moveComment = (from: CommentState, to: CommentState): CommentState =>
  transition(COMMENT_TRANSITIONS as Transitions<CommentState>, from, to);

/** Whether everybody may read it. */
export const isVisible = (state: CommentState): boolean =>
  state === 'received' || state === 'answered' || state === 'restored';

/** The last day on which a comment that was hidden may be appealed for. */
export const appealBy = (hiddenDay: string, appealDays: number): string => addDays(hiddenDay, appealDays);

/** Whether something is still owed to who wrote it: an answer, a decision on the appeal, or the days in which they may appeal. */
export function isOpen(
  comment: { readonly state: CommentState; readonly hiddenDay?: string },
  appealDays: number,
  today: string,
): boolean {
  switch (comment.state) {
    case 'answered':
    case 'upheld':
      return false;
    case 'hidden':
      return comment.hiddenDay === undefined || today <= appealBy(comment.hiddenDay, appealDays);
    default:
      return true;
  }
}
