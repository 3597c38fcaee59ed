import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { binOf, entityId } from './entity-id.rules.js';
import { isSame, type Known, together } from './entity.rules.js';
import { type EntityType, holds, issuesOf, readLinkLine } from './link.rules.js';

const person = { type: 'Person', iin: '850101300015' };
const company = { type: 'Company', bin: '050540000016' };
const line = { kind: 'Ownership', from: person, to: company };

describe('a line of a registry', () => {
  it('is read with its share as a range', () => {
    expect(readLinkLine({ ...line, share: 0.5, since: '2020-01-01' })).toMatchObject({
      ...{ kind: 'Ownership', since: '2020-01-01', confidence: 1, share: { low: 0.5, high: 0.5 } },
      to: { type: 'Company', scheme: 'KZ-BIN', id: '050540000016' },
    });
    expect(readLinkLine({ ...line, share: { low: 0.25, high: 1 } })).toHaveProperty('share', { low: 0.25, high: 1 });
  });

  it.each([
    ['a text', 'x', 'not_an_object', 'line'],
    ['a field that is not known', { ...line, note: 'x' }, 'unknown_field', 'line'],
    ['a kind that is not known', { ...line, kind: 'Friendship' }, 'unknown_kind', 'kind'],
    ['no first end', { ...line, from: undefined }, 'missing_end', 'from'],
    ['no second end', { ...line, to: null }, 'missing_end', 'to'],
    ['an IIN with a wrong check digit', { ...line, from: { ...person, iin: '850101300014' } }, 'bad_iin', 'from.iin'],
    ['an IIN as a BIN', { ...line, to: { type: 'Company', bin: person.iin } }, 'bad_bin', 'to.bin'],
    ['an end without a number', { ...line, from: { type: 'Person', name: 'A' } }, 'no_identifier', 'from'],
    [
      'an IIN as another number',
      { ...line, to: { type: 'Company', scheme: 'KZ-XX', id: person.iin } },
      'bad_iin',
      'to.id',
    ],
    ['a company as a relative', { kind: 'Family', from: person, to: company }, 'wrong_end', 'to.type'],
    ['a company in a post', { kind: 'Occupancy', from: company, to: company }, 'wrong_end', 'from.type'],
    ['a day that is none', { ...line, since: '2020-02-30' }, 'not_a_day', 'since'],
    ['a period backwards', { ...line, since: '2020-02-02', until: '2020-02-01' }, 'period_backwards', 'until'],
    ['a share over one', { ...line, share: 1.5 }, 'bad_share', 'share'],
    ['a share as text', { ...line, share: '0.5' }, 'bad_share', 'share'],
    ['a range backwards', { ...line, share: { low: 0.5, high: 0.4 } }, 'bad_share', 'share'],
    ['a share of a post', { kind: 'Occupancy', from: person, to: company, share: 1 }, 'bad_share', 'share'],
    ['no confidence', { ...line, confidence: 2 }, 'bad_confidence', 'confidence'],
    ['a sentence as a role', { ...line, role: 'the brother of' }, 'bad_role', 'role'],
    ['a day of birth of a company', { ...line, to: { ...company, born: '2000-01-01' } }, 'bad_birth', 'to.born'],
  ])('is refused for %s', (_, value, code, field) => expect(readLinkLine(value)).toEqual({ code, field }));
});

describe('the id of an entity', () => {
  const of = (iin: string): string => `person of ${iin.slice(0, 2)}`;
  it.each([
    ['KZ-BIN', '050540000016', 'KZ-BIN-050540000016'],
    [undefined, '050540000016', 'KZ-BIN-050540000016'],
    [undefined, 'KZ-BIN-050540000016', 'KZ-BIN-050540000016'],
    ['KZ-BIN', 'KZ-BIN-050540000016', 'KZ-BIN-050540000016'],
    ['GB-COH', '10000001', 'GB-COH-10000001'],
    ['KZ-IIN', '850101300015', 'person of 85'],
    ['KZ-BIN', '850101300015', 'person of 85'],
    [undefined, 'KZ-IIN-850101300015', 'person of 85'],
    [undefined, 'tenderer 1', undefined],
  ])('of %s %s is %s', (scheme, id, expected) => expect(entityId(scheme, id, of)).toBe(expected));

  it('tells a BIN only where it is one', () => {
    expect(binOf('KZ-BIN-050540000016')).toBe('050540000016');
    expect(binOf('KZ-BIN-050540000017')).toBeUndefined();
    expect(binOf('GB-COH-050540000016')).toBeUndefined();
  });
});

describe('a link holds', () => {
  it.each([
    [{}, true],
    [{ since: '2025-01-02' }, false],
    [{ since: '2025-01-01' }, true],
    [{ until: '2025-01-01' }, true],
    [{ until: '2024-12-31' }, false],
  ])('%j on 2025-01-01: %p', (link, held) => expect(holds(link, '2025-01-01', '2025-01-01')).toBe(held));
});

describe('what is odd in links', () => {
  const own = (from: string | null, to: string, low: number) => ({
    ...{ kind: 'Ownership', from, to },
    share: { low, high: low },
  });
  it.each([
    ['two halves', [own('a', 'c', 0.5), own('b', 'c', 0.5)], []],
    ['three thirds', [own('a', 'c', 1 / 3), own('b', 'c', 1 / 3), own('d', 'c', 1 / 3)], []],
    ['more than all', [own('a', 'c', 0.6), own('b', 'c', 0.5)], ['shares-over-100']],
    ['shares and votes of one owner', [own('a', 'c', 1), own('a', 'c', 1)], []],
    ['a company that owns itself', [own('c', 'c', 0.1)], ['linked-to-itself']],
    ['an owner that nobody names', [own(null, 'c', 0.1)], ['end-not-known']],
  ])('%s: %j', (_, links, issues) => expect(issuesOf('c', links)).toEqual(issues));
});

describe('what is known of an entity', () => {
  it('is the same in whatever order and however often it is told', () => {
    const words = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'));
    const known: fc.Arbitrary<Known> = fc.record({
      type: fc.constantFrom<EntityType>('Company', 'PublicBody'),
      ...{ names: words, words, born: words, sources: words },
      unspecified: fc.constantFrom('x', 'y', null),
    });
    fc.assert(
      fc.property(known, known, known, (a, b, c) => {
        const all = together(together(a, b), c);
        expect(isSame(all, together(a, together(c, b)))).toBe(true);
        expect(isSame(all, together(all, b))).toBe(true);
      }),
    );
  });
});
