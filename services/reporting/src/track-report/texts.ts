import { readFileSync } from 'node:fs';
import { CASE_STATES } from '../cases/case-states.rules.js';
import { FEEDBACK_CODES } from '../cases/feedback.js';
import { type Language, LANGUAGES } from '../fill-form/form.rules.js';

/** The words for each code that a receipt shows. */
export type StatusTexts = Readonly<Record<string, string>>;

const NEEDED = [...CASE_STATES.map((s) => `state.${s}`), ...FEEDBACK_CODES.map((c) => `feedback.${c}`)];

/** The texts in Kazakh, Russian and English; throws when one is missing in a language, so that the service does not start. */
export function readTexts(): Readonly<Record<Language, StatusTexts>> {
  const read = (language: Language): StatusTexts => {
    const file = new URL(`../../data/texts/${language}.json`, import.meta.url);
    const texts = JSON.parse(readFileSync(file, 'utf8')) as StatusTexts;
    const missing = NEEDED.filter((key) => !texts[key]?.trim());
    if (missing.length > 0) throw new Error(`texts ${language}: ${missing.join(', ')} is missing`);
    return texts;
  };
  return Object.fromEntries(LANGUAGES.map((language) => [language, read(language)])) as Record<Language, StatusTexts>;
}
