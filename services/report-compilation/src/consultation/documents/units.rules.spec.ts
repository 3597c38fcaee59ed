import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hashOf, type Unit, unitsOf } from './units.rules.js';
import { countsOf, diffOf } from './version-diff.rules.js';

const text = (words: string) => ({ kk: `${words} қаз`, ru: `${words} рус`, en: `${words} eng` });
const unit = (unitId: string, more: Partial<Unit> = {}): Unit => ({
  ...{ unitId, number: unitId.replace(/\D/g, '') || '1', kind: 'paragraph', text: text(unitId) },
  ...more,
});

describe('the units of a version', () => {
  it('are kept in their order, their texts in one form', () => {
    const read = unitsOf([unit('c1', { kind: 'chapter' }), unit('p1', { parent: 'c1', text: text(' a\r\nи\u0306') })]);
    expect(read.map(({ unitId }) => unitId)).toEqual(['c1', 'p1']);
    expect(read[1]!.text.ru).toBe('a\nй рус');
  });

  it.each([
    ['no unit', [], 'units'],
    ['an id twice', [unit('a1'), unit('a1', { number: '2' })], 'units.1.unitId'],
    ['a parent that comes later', [unit('a1', { parent: 'b2' }), unit('b2')], 'units.0.parent'],
    ['itself as parent', [unit('a1', { parent: 'a1' })], 'units.0.parent'],
    ['a number twice', [unit('a1'), unit('b1')], 'units.1.number'],
    ['a language without a text', [unit('a1', { text: { ...text('x'), kk: ' ' } })], 'units.0.text.kk'],
    ['no text at all', [unit('a1', { text: { ru: 'x', en: 'y' } as never })], 'units.0.text.kk'],
    ['a control character', [unit('a1', { text: { ...text('x'), en: 'a\u0007b' } })], 'units.0.text.en'],
    ['a turned direction', [unit('a1', { text: { ...text('x'), en: 'a\u202eb' } })], 'units.0.text.en'],
    ['half a letter', [unit('a1', { text: { ...text('x'), ru: 'a\ud800b' } })], 'units.0.text.ru'],
  ] as [string, Unit[], string][])('are refused for %s', (_, told, field) =>
    expect(() => unitsOf(told)).toThrow(expect.objectContaining({ code: 'bad_units', details: { field } })),
  );

  it('have a hash that a change of anything changes', () => {
    const base = [unit('a1'), unit('b2', { parent: 'a1' })];
    const hashes = [
      base,
      [base[1]!, base[0]!],
      [unit('a1'), unit('b2')],
      [unit('a1'), unit('b2', { parent: 'a1', number: '9' })],
      [unit('a1'), unit('b2', { parent: 'a1', kind: 'item' })],
      [unit('a1'), unit('b2', { parent: 'a1', text: text('other') })],
    ].map((units) => hashOf(units));
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashOf(base)).toBe(hashes[0]);
  });
});

describe('the difference of two versions', () => {
  it('says of each unit what became of it', () => {
    const before = [unit('a1'), unit('b2'), unit('c3'), unit('d4')];
    const after = [
      unit('e5'),
      unit('a1'),
      unit('b2', { text: { ...text('b2'), kk: 'жаңа' } }),
      unit('d4', { number: '3' }),
    ];
    const diff = diffOf(before, after);
    expect(diff.map(({ unitId, change, fields }) => [unitId, change, fields])).toEqual([
      ['e5', 'added', []],
      ['a1', 'same', []],
      ['b2', 'changed', ['text.kk']],
      ['d4', 'changed', ['number']],
      ['c3', 'removed', []],
    ]);
    expect(countsOf(diff)).toEqual({ added: 1, removed: 1, changed: 2, same: 1 });
  });

  it('names each unit of both once, and turned round adds what it removed', () => {
    const versions = fc.uniqueArray(fc.constantFrom('a1', 'b2', 'c3', 'd4', 'e5'), { minLength: 1 });
    fc.assert(
      fc.property(versions, versions, (a, b) => {
        const [before, after] = [a.map((id) => unit(id)), b.map((id) => unit(id))];
        const diff = diffOf(before, after);
        expect(diff.map(({ unitId }) => unitId).sort()).toEqual([...new Set([...a, ...b])].sort());
        const [there, back] = [countsOf(diff), countsOf(diffOf(after, before))];
        expect([there.added, there.same]).toEqual([back.removed, back.same]);
      }),
    );
  });
});
