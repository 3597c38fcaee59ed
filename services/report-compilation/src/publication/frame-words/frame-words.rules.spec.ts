import { describe, expect, it } from '@jest/globals';
import { eventsText, fill, FRAME_KEYS, frameWordsOf } from './frame-words.rules.js';
import { frameWords } from './shipped-words.js';

describe('the words of the frame', () => {
  it('are whole in all three languages', () => {
    for (const words of Object.values(frameWords)) expect(Object.keys(words).sort()).toEqual([...FRAME_KEYS].sort());
  });

  it.each(['kk', 'ru', 'en'] as const)(
    'are refused when %s lacks one, has one too many or another place',
    (language) => {
      const { sources: _, ...without } = frameWords[language];
      expect(() => frameWordsOf({ ...frameWords, [language]: without })).toThrow(`${language} are not whole: sources`);
      expect(() => frameWordsOf({ ...frameWords, [language]: { ...frameWords[language], odd: 'x' } })).toThrow('odd');
      expect(() => frameWordsOf({ ...frameWords, [language]: { ...frameWords[language], sources: ' ' } })).toThrow(
        'sources',
      );
      expect(() => frameWordsOf({ ...frameWords, [language]: { ...frameWords[language], sealed: '{date}' } })).toThrow(
        'sealed',
      );
    },
  );

  it.each([
    ['kk', ['1 оқиға', '2 оқиға', '5 оқиға', '21 оқиға']],
    ['ru', ['1 событие', '2 события', '5 событий', '21 событие']],
    ['en', ['1 event', '2 events', '5 events', '21 events']],
  ] as const)('have the plural forms of %s', (language, expected) => {
    expect([1, 2, 5, 21].map((n) => eventsText(frameWords[language], language, n))).toEqual(expected);
  });

  it('never leave a place open', () => {
    expect(fill(frameWords.ru, 'edition', { n: 2 })).toBe('Издание 2');
    expect(() => fill(frameWords.ru, 'edition')).toThrow('{n}');
  });
});
