import { readFileSync } from 'node:fs';
import { type Language, LANGUAGES } from '../report-model/report-model.rules.js';
import type { Texts } from './page.rules.js';

const read = (lang: Language): Texts =>
  JSON.parse(readFileSync(new URL(`../../data/texts/${lang}.json`, import.meta.url), 'utf8')) as Texts;

/** The words of the page in each language. */
export const pageTexts = Object.fromEntries(LANGUAGES.map((lang) => [lang, read(lang)])) as Readonly<
  Record<Language, Texts>
>;
