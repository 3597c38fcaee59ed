import { describe, expect, it } from '@jest/globals';
import type { CommentState } from '../comments/comment-states.rules.js';
import { mayClose } from './closing.rules.js';

const comment = (receiptNumber: string, state: CommentState, hiddenDay?: string) => ({
  ...{ receiptNumber, state, answeredBy: state === 'answered' ? ['editor'] : [] },
  ...(hiddenDay ? { hiddenDay } : {}),
});
const close =
  (comments: ReturnType<typeof comment>[], by = 'approver') =>
  () =>
    mayClose(comments, by, 10, '2025-03-20');

describe('closing a consultation', () => {
  it.each([
    ['nothing came in', []],
    ['each is answered', [comment('1', 'answered'), comment('2', 'answered')]],
    [
      'others stay hidden',
      [comment('1', 'answered'), comment('2', 'upheld', '2025-03-15'), comment('3', 'hidden', '2025-03-09')],
    ],
  ])('is possible when %s', (_, comments) => expect(close(comments)).not.toThrow());

  it.each(['received', 'appealed', 'restored'] as const)('is refused while one is %s', (state) =>
    expect(close([comment('2', 'answered'), comment('1', state)])).toThrow(
      expect.objectContaining({ code: 'comments_open', details: { open: { count: 1, first: ['1'] } } }),
    ),
  );

  it('is refused while a hidden one may still be appealed for', () =>
    expect(close([comment('1', 'hidden', '2025-03-10')])).toThrow(expect.objectContaining({ code: 'comments_open' })));

  it('lists the first hundred and counts all', () => {
    const many = Array.from({ length: 250 }, (_, i) => comment(String(999 - i), 'received'));
    try {
      close(many)();
      expect('refused').toBe(true);
    } catch (error) {
      const { open } = (error as { details: { open: { count: number; first: string[] } } }).details;
      expect([open.count, open.first.length, open.first[0], open.first[99]]).toEqual([250, 100, '750', '849']);
    }
  });

  it('is refused to who answered one of them', () =>
    expect(close([comment('1', 'answered')], 'editor')).toThrow(expect.objectContaining({ code: 'same_person' })));
});
