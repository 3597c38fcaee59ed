import { readFileSync } from 'node:fs';
import { type Language, LANGUAGES } from './dossier.dto.js';
import type { Texts } from './dossier-page.rules.js';

const read = (language: Language): Texts =>
  JSON.parse(readFileSync(new URL(`../../data/texts/dossier.${language}.json`, import.meta.url), 'utf8')) as Texts;

/** The words of the page in each language. */
export const dossierTexts = Object.fromEntries(LANGUAGES.map((one) => [one, read(one)])) as Readonly<
  Record<Language, Texts>
>;
