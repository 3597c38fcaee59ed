import { readFileSync } from 'node:fs';
import { summaryTexts } from '../../consultation/summarise-responses/summary-texts.js';
import { words } from '../../national-report/write-sections/section-plans.js';
import { type Language, LANGUAGES } from '../../report-model/report-model.rules.js';
import { Say, siteWordsOf } from './site-words.rules.js';

const read = (language: Language): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../../data/site/${language}.json`, import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >;

const siteWords = siteWordsOf({ kk: read('kk'), ru: read('ru'), en: read('en') });

/** The site in each language; a word that is missing stops the start. */
export const SAY = Object.fromEntries(
  LANGUAGES.map((language) => [language, new Say(language, siteWords[language], words, summaryTexts[language])]),
) as Readonly<Record<Language, Say>>;
