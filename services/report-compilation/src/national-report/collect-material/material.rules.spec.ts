import { describe, expect, it } from '@jest/globals';
import { assertCollected, mayDeliver } from './material.rules.js';

describe('material', () => {
  const [own, other] = ['050540000016', '000000000010'];
  it.each([
    ['a contributor of the body', { roles: ['contributor'], department: own }, true],
    ['one of another body', { roles: ['contributor'], department: other }, false],
    ['one whose token names no body', { roles: ['contributor'] }, false],
    ['an editor, for what came by letter', { roles: ['editor'], department: 'reporting' }, true],
    ['one of another body who is an editor too', { roles: ['contributor', 'editor'], department: other }, true],
    ['nobody', undefined, false],
  ])('is delivered by %s: %j is %s', (_, subject, may) => {
    expect(mayDeliver(subject, { body: own })).toBe(may);
  });

  it('is told with how much of it is open, and the first hundred', () => {
    expect(() => assertCollected([])).not.toThrow();
    expect(() => assertCollected(['b', 'a'])).toThrow(
      expect.objectContaining({
        code: 'material_open',
        details: { field: 'materials', open: { count: 2, first: ['a', 'b'] } },
      }),
    );
    const many = Array.from({ length: 101 }, (_, i) => String(i).padStart(3, '0'));
    expect(() => assertCollected(many)).toThrow(
      expect.objectContaining({ details: { field: 'materials', open: { count: 101, first: many.slice(0, 100) } } }),
    );
  });
});
