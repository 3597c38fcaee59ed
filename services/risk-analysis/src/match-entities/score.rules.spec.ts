import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { transition } from '@aiqyn/contracts';
import { MATCH_MOVES, MATCH_STATES } from './match-states.rules.js';
import { type Candidate, matchPack, proposalsOf, scoreOf } from './score.rules.js';

const raw = JSON.parse(
  readFileSync(new URL('../../data/policies/match-entities.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;
const pack = matchPack(raw);
const person = (_id: string, words: string[], more: Partial<Candidate> = {}): Candidate => ({
  ...{ _id, type: 'Person', names: [], words, born: [], sources: [_id], neighbours: [] },
  ...more,
});
const verdicts = (a: Candidate, b: Candidate) =>
  Object.fromEntries(scoreOf(a, b, pack)!.fields.map((f) => [f.field, f.verdict]));

describe('the score of a pair', () => {
  const day = ['y.m.d'];
  it.each([
    ['the same name', { words: ['a b'] }, { words: ['a b'] }, 0.6],
    ['the same short name', { words: ['li'] }, { words: ['li'] }, 0.6],
    ['the same name and day', { words: ['a b'], born: day }, { words: ['a b'], born: day }, 0.85],
    [
      'the same name and year, where no more is told',
      { words: ['a b'], born: day },
      { words: ['a b'], born: ['y'] },
      0.85,
    ],
    ['the same name, another day', { words: ['a b'], born: day }, { words: ['a b'], born: ['y.m.e'] }, 0.2],
    ['a patronymic more', { words: ['a b'] }, { words: ['a b c'] }, 0.45],
    ['one of two words', { words: ['a b'] }, { words: ['a c'] }, 0.25],
    ['a first name only', { words: ['a'] }, { words: ['a c'] }, 0.25],
    ['one of three words', { words: ['a b c'] }, { words: ['a d e'] }, 0],
    [
      'the same day, another name',
      { words: ['a b'], born: day, neighbours: ['x'] },
      { words: ['c d'], born: day, neighbours: ['x'] },
      0,
    ],
    ['the same day, no name', { words: [], born: day }, { words: ['a b'], born: day }, 0],
    ['a company in common', { words: ['a b'], neighbours: ['x', 'y'] }, { words: ['a b c'], neighbours: ['y'] }, 0.65],
    [
      'one register that tells them apart',
      { words: ['a b'], sources: ['r'] },
      { words: ['a b'], sources: ['r', 's'] },
      0.4,
    ],
    ['many variants of one name', { words: ['a b', 'a b c', 'b'] }, { words: ['a b', 'q'] }, 0.6],
  ])('with %s is what is said', (_, a, b, score) =>
    expect(scoreOf(person('1', [], a), person('2', [], b), pack)!.score).toBe(score),
  );

  it('says which fields agree, and which do not', () => {
    const [a, b] = [person('1', ['a b'], { born: ['y'] }), person('2', ['a b c'], { born: ['z'] })];
    expect(verdicts(a, b)).toEqual({ name: 'contained', born: 'differs', neighbours: 'none', source: 'others' });
  });

  it.each([
    ['a person and a company', person('1', ['a']), person('2', ['a'], { type: 'Company' })],
    ['somebody with themselves', person('1', ['a']), person('1', ['a'])],
    ['relatives', person('1', ['a'], { neighbours: ['2'] }), person('2', ['a'])],
    ['whom nobody knows', person('1', ['a'], { unspecified: 'unknown' }), person('2', ['a'])],
  ])('is none of %s', (_, a, b) => expect(scoreOf(a, b, pack)).toBeUndefined());

  const words = fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 })
    .map((all) => all.sort().join(' '));
  const anybody = (id: string) =>
    fc.record({
      ...{ _id: fc.constant(id), type: fc.constantFrom('Person' as const, 'Company' as const), names: fc.constant([]) },
      ...{
        words: fc.uniqueArray(words, { maxLength: 3 }),
        born: fc.uniqueArray(fc.constantFrom('y', 'y.m', 'y.n', 'z'), { maxLength: 2 }),
      },
      ...{ sources: fc.uniqueArray(fc.constantFrom('r', 's')), neighbours: fc.uniqueArray(fc.constantFrom('p', 'q')) },
    });

  it('is the same from either side, between 0 and 1, and the same however often a variant is told', () => {
    fc.assert(
      fc.property(anybody('1'), anybody('2'), (a, b) => {
        const score = scoreOf(a, b, pack);
        expect(scoreOf(b, a, pack)).toEqual(score);
        expect(scoreOf({ ...a, words: [...a.words, ...a.words] }, b, pack)).toEqual(score);
        if (score) expect(score.score >= 0 && score.score <= 1).toBe(true);
      }),
    );
  });

  it('is told of the same pairs in any order of the entities', () => {
    const all = fc.tuple(...['1', '2', '3', '4', '5'].map(anybody));
    fc.assert(
      fc.property(all, (entities) => {
        const told = proposalsOf(entities, pack);
        expect(proposalsOf([...entities].reverse(), pack)).toEqual(told);
        for (const { one, other } of told) expect(one < other).toBe(true);
      }),
    );
  });

  it('is told of nobody who has only a word in common that everybody has', () => {
    const many = Array.from({ length: pack.commonWord + 1 }, (_, i) => person(String(i), ['a']));
    expect(proposalsOf(many, pack)).toEqual([]);
    expect(proposalsOf(many.slice(0, 3), pack)).toHaveLength(3);
  });
});

describe('the weights', () => {
  const weights = raw['weights'] as Record<string, object>;
  it.each([
    ['id', { id: '' }],
    ['threshold', { threshold: 0 }],
    ['commonWord', { commonWord: 1.5 }],
    ['weights.name.part', { weights: { ...weights, name: { ...weights['name'], part: undefined } } }],
    ['weights.born.agrees (would decide', { weights: { ...weights, born: { ...weights['born'], agrees: 0.5 } } }],
  ])('are refused for %s', (field, part) => expect(() => matchPack({ ...raw, ...part })).toThrow(field));
});

describe('a match', () => {
  const moves = MATCH_STATES.flatMap((from) => MATCH_STATES.map((to) => [from, to] as const));
  it.each(moves)('from %s to %s', (from, to) => {
    if ((from === 'proposed') !== (to === 'proposed')) expect(transition(MATCH_MOVES, from, to)).toBe(to);
    else expect(() => transition(MATCH_MOVES, from, to)).toThrow('not possible');
  });
});
