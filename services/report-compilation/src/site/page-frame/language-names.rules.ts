import type { Language } from '../../report-model/report-model.rules.js';

/** Each language by its own name, on pages of all of them. */
export const languageNames: Readonly<Record<Language, string>> = { kk: 'Қазақша', ru: 'Русский', en: 'English' };
