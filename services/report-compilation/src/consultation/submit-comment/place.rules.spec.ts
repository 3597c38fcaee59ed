import { describe, expect, it } from '@jest/globals';
import type { Unit } from '../documents/units.rules.js';
import { placed } from './place.rules.js';

const limits = { commentCharacters: 20, quoteCharacters: 12, anchors: { contextCharacters: 5, wordsKept: 0.6 } };
const units: Unit[] = [
  {
    unitId: 'p1',
    number: '1.2',
    kind: 'paragraph',
    text: { kk: 'Орган жауап береді', ru: 'Орган даёт ответ', en: 'A body answers' },
  },
];
const told = { unitId: 'p1', language: 'ru' as const, text: ' Согласен\r\n' };

describe('where a comment stands', () => {
  it('is a unit as a whole, or words of it with what is around them', () => {
    expect(placed(told, 3, units, limits)).toEqual({
      ...{ text: 'Согласен', anchor: { documentVersion: 3, how: 'as-made', unitId: 'p1', number: '1.2' } },
    });
    expect(placed({ ...told, quote: { text: 'даёт' } }, 3, units, limits).anchor.quote).toEqual({
      ...{ language: 'ru', text: 'даёт', prefix: 'рган ', suffix: ' отве', start: 6 },
    });
    const other = { ...told, quote: { text: 'жауап', language: 'kk' as const } };
    expect(placed(other, 3, units, limits).anchor.quote).toMatchObject({ language: 'kk', start: 6 });
  });

  it.each([
    ['a long text', { text: 'ё'.repeat(21) }, 'too_long', 'text'],
    ['another unit', { unitId: 'p2' }, 'no_such_unit', 'unitId'],
    ['words that are not there', { quote: { text: 'молчит' } }, 'quote_not_found', 'quote.text'],
    ['words of another language', { quote: { text: 'жауап' } }, 'quote_not_found', 'quote.text'],
    ['a long quote', { quote: { text: 'Орган даёт ответ' } }, 'too_long', 'quote.text'],
  ] as [string, object, string, string][])('is refused for %s', (_, more, code, field) =>
    expect(() => placed({ ...told, ...more }, 1, units, limits)).toThrow(
      expect.objectContaining({ code, details: { field } }),
    ),
  );
});
