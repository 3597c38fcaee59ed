import { describe, expect, it } from '@jest/globals';
import { languageFor } from './language.rules.js';

describe('the language of a reader', () => {
  it.each<[string | undefined, string]>([
    [undefined, 'kk'],
    ['', 'kk'],
    ['de, fr;q=0.8', 'kk'],
    ['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
    ['en;q=0.7, ru;q=0.9', 'ru'],
    ['de,en-GB;q=0.5', 'en'],
    ['ru;q=0, en;q=0.1', 'en'],
    ['KK-KZ', 'kk'],
    ['*', 'kk'],
    ['__proto__', 'kk'],
  ])('%p is %s', (header, language) => expect(languageFor(header)).toBe(language));
});
