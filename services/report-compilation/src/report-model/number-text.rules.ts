import type { Language, Localised, ReportModel, ReportNumber } from './report-model.rules.js';

const LOCALES: Readonly<Record<Language, string>> = { kk: 'kk-KZ', ru: 'ru-RU', en: 'en-GB' };

/** What stands in place of a value that is not told. */
export const WITHHELD = '×';
export const MISSING = '–';

const decimal = (value: number, decimals: number, lang: Language, grouped = true): string =>
  new Intl.NumberFormat(LOCALES[lang], {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: grouped,
  }).format(value);

/** A number as it is printed in a language; money in tenge, shares in percent. */
export function numberText({ unit, value, decimals, status, says }: ReportNumber, lang: Language): string {
  if (status === 'M' || value === null) return status === 'S' || status === 'C' ? WITHHELD : MISSING;
  if (typeof value === 'string') return says?.[lang] ?? value;
  if (unit === 'tiyn') return `${decimal(value / 100, decimals, lang)} ₸`;
  if (unit === 'share') return `${decimal(value * 100, decimals, lang)} %`;
  // Years and places carry no thousands separator.
  return decimal(value, decimals, lang, unit !== 'year' && unit !== 'rank');
}

/** A day of the report in words; `day` is an ISO date. */
export const dayText = (day: string, lang: Language): string =>
  new Intl.DateTimeFormat(LOCALES[lang], { dateStyle: 'long', timeZone: 'UTC' })
    .format(new Date(`${day}T00:00:00Z`))
    // Abbreviated it would end a sentence with two full stops.
    .replace(/ г\.$/, ' года');

const PLACEHOLDER = /\{\{metric:([A-Za-z0-9][A-Za-z0-9._-]*)\}\}/g;

/** A part of a text: words as they stand, or a number. */
export type TextPart = { readonly words: string } | { readonly number: ReportNumber };

/** A text cut at its numbers; throws when it names a number that the model does not have. */
export function partsOf(text: Localised, lang: Language, numbers: ReportModel['numbers']): readonly TextPart[] {
  return text[lang].split(PLACEHOLDER).map((part, i): TextPart => {
    if (i % 2 === 0) return { words: part };
    const number = numbers[part];
    if (!number) throw new Error(`the text names ${part}, which is no number of the report`);
    return { number };
  });
}
