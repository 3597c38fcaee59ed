import { readFileSync } from 'node:fs';
import { type Language, LANGUAGES } from '../../report-model/report-model.rules.js';
import type { SummaryTexts } from './summary-page.rules.js';

const read = (lang: Language): SummaryTexts =>
  JSON.parse(
    readFileSync(new URL(`../../../data/consultation-texts/${lang}.json`, import.meta.url), 'utf8'),
  ) as SummaryTexts;

/** The words of the summary in each language. */
export const summaryTexts = Object.fromEntries(LANGUAGES.map((lang) => [lang, read(lang)])) as Readonly<
  Record<Language, SummaryTexts>
>;
