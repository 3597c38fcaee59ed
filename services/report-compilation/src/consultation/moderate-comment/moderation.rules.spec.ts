import { describe, expect, it } from '@jest/globals';
import type { CommentState } from '../comments/comment-states.rules.js';
import { mayAppeal, mayDecideAppeal } from './moderation.rules.js';

describe('an appeal against hiding a comment', () => {
  it.each([
    ['hidden', '2025-03-01', '2025-03-11', 'done'],
    ['hidden', '2025-03-01', '2025-03-12', 'out_of_order'],
    ['received', undefined, '2025-03-01', 'illegal_transition'],
    ['appealed', '2025-03-01', '2025-03-02', 'illegal_transition'],
    ['upheld', '2025-03-01', '2025-03-02', 'illegal_transition'],
    ['restored', undefined, '2025-03-02', 'illegal_transition'],
  ] as [CommentState, string | undefined, string, string][])(
    '%s on %s, lodged on %s: %s',
    (state, hiddenDay, today, outcome) => {
      const appeal = () => mayAppeal({ state, ...(hiddenDay ? { hiddenDay } : {}) }, 10, today);
      if (outcome === 'done') expect(appeal).not.toThrow();
      else expect(appeal).toThrow(expect.objectContaining({ code: outcome }));
    },
  );

  it('is decided by another person than who hid it', () => {
    const steps = [
      { by: 'anna', to: 'hidden' },
      { by: 'public', to: 'appealed' },
    ] as const;
    expect(() => mayDecideAppeal(steps, 'boris')).not.toThrow();
    expect(() => mayDecideAppeal(steps, 'anna')).toThrow(expect.objectContaining({ code: 'same_person' }));
  });
});
