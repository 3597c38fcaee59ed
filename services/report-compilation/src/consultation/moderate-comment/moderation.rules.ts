import { type ModerationGround, RuleError } from '@aiqyn/contracts';
import { appealBy, type CommentState, moveComment } from '../comments/comment-states.rules.js';

interface Step {
  readonly by: string;
  readonly to: CommentState;
  readonly ground?: ModerationGround;
}

/** Throws RuleError `illegal_transition` for a comment that is not hidden, `out_of_order` when its term to appeal is over. */
export function mayAppeal(
  { state, hiddenDay }: { readonly state: CommentState; readonly hiddenDay?: string },
  appealDays: number,
  today: string,
): void {
  moveComment(state, 'appealed');
  if (hiddenDay !== undefined && today > appealBy(hiddenDay, appealDays))
    throw new RuleError('out_of_order', 'the term to appeal is over');
}

/** Throws RuleError `same_person` when who decides on an appeal has hidden the comment. */
export function mayDecideAppeal(moderation: readonly Step[], by: string): void {
  if (moderation.some((step) => step.to === 'hidden' && step.by === by))
    throw new RuleError('same_person', 'another person than who hid it decides on the appeal');
}
