import { describe, expect, it } from '@jest/globals';
import {
  COMMENT_STATES,
  COMMENT_TRANSITIONS,
  type CommentState,
  isOpen,
  isVisible,
  moveComment,
} from './comment-states.rules.js';

describe('a comment', () => {
  it.each(COMMENT_STATES.flatMap((from) => COMMENT_STATES.map((to) => [from, to] as const)))(
    'goes from %s to %s as the table says',
    (from, to) => {
      const allowed: readonly string[] = COMMENT_TRANSITIONS[from];
      if (allowed.includes(to)) expect(moveComment(from, to)).toBe(to);
      else expect(() => moveComment(from, to)).toThrow(expect.objectContaining({ code: 'illegal_transition' }));
    },
  );

  it('is read by everybody unless it is hidden', () =>
    expect(COMMENT_STATES.filter(isVisible)).toEqual(['received', 'answered', 'restored']));

  it.each([
    ['received', undefined, true],
    ['restored', undefined, true],
    ['appealed', '2025-01-01', true],
    ['answered', undefined, false],
    ['upheld', '2025-01-01', false],
    ['hidden', '2025-03-01', true],
    ['hidden', '2025-02-19', true],
    ['hidden', '2025-02-18', false],
  ] as [CommentState, string | undefined, boolean][])(
    '%s, hidden on %s, holds up the closing on 1 March: %s',
    (state, hiddenDay, open) =>
      expect(isOpen({ state, ...(hiddenDay ? { hiddenDay } : {}) }, 10, '2025-03-01')).toBe(open),
  );
});
