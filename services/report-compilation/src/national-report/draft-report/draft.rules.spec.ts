import { describe, expect, it } from '@jest/globals';
import { nextEdition } from './draft.rules.js';

const one = { _id: 'a', edition: 1, state: 'published' } as const;
const two = { _id: 'b', edition: 2, state: 'published' } as const;

describe('the next edition of a year', () => {
  it('is the first, then a correction, then a correction of the correction', () => {
    expect(nextEdition([], undefined)).toBe(1);
    expect(nextEdition([one], 'a')).toBe(2);
    expect(nextEdition([{ ...one, state: 'corrected' }, two], 'b')).toBe(3);
  });

  it.each([
    ['another one while one is written', [{ ...one, state: 'approved' as const }], undefined, 'already_drafted'],
    ['a second first print', [one], undefined, 'correction_needed'],
    [
      'a correction of what is corrected already',
      [{ ...one, state: 'corrected' as const }, two],
      'a',
      'not_the_newest',
    ],
    ['a correction of nothing', [], 'a', 'not_the_newest'],
  ])('is not %s', (_, editions, corrects, code) => {
    expect(() => nextEdition(editions, corrects)).toThrow(expect.objectContaining({ code }));
  });
});
