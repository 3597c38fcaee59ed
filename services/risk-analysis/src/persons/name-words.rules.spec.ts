import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isEntrepreneur, nameWords } from './name-words.rules.js';

describe('the words of a name', () => {
  it.each([
    ['Айгүл Сәрсенқызы', 'Sarsenkyzy AIGUL'],
    ['Айгүл', 'Aygul'],
    ['Жанар', 'Zhanar'],
    ['Жанар', 'Janar'],
    ['Ахмет', 'Akhmet'],
    ['Қайрат', 'Qairat'],
    ['Юлия Ляпина', 'Yuliya Lyapina'],
    ['Иванов-Петров', 'PETROV IVANOV'],
    ['ТОО «Жол»', 'Zhol LLP'],
    ['Ünal Müller', 'Unal Muller'],
  ])('%s is %s', (one, other) => expect(nameWords(one)).toEqual(nameWords(other)));

  it.each([
    ['Айгүл Сәрсен', 'Айгүл Сәрсенова'],
    ['Ли', 'Ким'],
  ])('%s is not %s', (one, other) => expect(nameWords(one)).not.toEqual(nameWords(other)));

  it('stand once, in no order of their own', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('Асан', 'Ким', 'Ahmet', 'Жанар'), { minLength: 1 }), (words) => {
        const mixed = [...words].reverse();
        expect(nameWords([...mixed, ...words].join(' '))).toEqual(nameWords(words.join(' ')));
      }),
    );
  });
});

describe('a firm by the name of a person', () => {
  it.each([
    ['ИП Асанов', true],
    ['ип «Асанов»', true],
    ['«ИП Асанов»', true],
    ['ЖК Асанов', true],
    ['Жеке кәсіпкер Асанов', true],
    ['IP Asanov', true],
    ['ТОО «Ипотека»', false],
    ['Иптех', false],
    ['IPtech LLP', false],
  ])('%s: %p', (name, is) => expect(isEntrepreneur(name)).toBe(is));
});
