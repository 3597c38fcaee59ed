import { RuleError } from '@aiqyn/contracts';
import { type Language, LANGUAGES, type Localised } from '../../report-model/report-model.rules.js';

const MONTHS: Readonly<Record<Language, string>> = {
  kk: 'қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан',
  ru: 'января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря',
  en: 'January|February|March|April|May|June|July|August|September|October|November|December',
};
/** Nothing of a number before or after: "17 500" is no article 17. */
const WHOLE = '(?![\\p{N}]|[.,  ]\\p{N})';
const YEAR = `(?:19|20)\\d{2}${WHOLE}`;
const YEARS = `${YEAR}(?:[–-]${YEAR})?`;
const DAY_OF_MONTH = '(?:[12]\\d|3[01]|0?[1-9])';
const FROM = '(?<![\\p{N}\\p{L}.,])';

/** A number of a law or of a part of one: 17, 410-V, 17(4), 9-1. */
const PROVISION = `\\d+(?:[-–](?:[IVX]+|\\d+))?(?:\\(\\d+\\))*${WHOLE}`;

const ALLOWED: Readonly<Record<Language, readonly string[]>> = {
  kk: [
    `${YEARS} ?(?:жыл|ж\\.)\\p{L}*(?: ${DAY_OF_MONTH} (?:${MONTHS.kk})\\p{L}*)?`,
    `№ ?${PROVISION}`,
    `\\d+(?:-\\d+)?-(?:ба[бп]|тармақ|тармағ|тарма|тарау|бөлі|бөлім)\\p{L}*`,
  ],
  ru: [
    `${DAY_OF_MONTH} (?:${MONTHS.ru}) ${YEAR}(?: год\\p{L}*| г\\.)?`,
    `${YEARS} ?(?:год\\p{L}*|гг?\\.)`,
    `№ ?${PROVISION}`,
    `(?:стать|пункт|подпункт|глав|част|раздел)\\p{L}* ${PROVISION}`,
  ],
  en: [
    `${DAY_OF_MONTH} (?:${MONTHS.en}) ${YEAR}`,
    `(?:${MONTHS.en}) ${DAY_OF_MONTH}, ${YEAR}`,
    `(?<=\\b(?:[Ii]n|[Oo]f|[Ff]or|[Ss]ince|[Ff]rom|to|[Uu]ntil|[Bb]y|years?) )${YEARS}`,
    `No\\.? ?${PROVISION}`,
    `(?:[Aa]rticle|[Pp]aragraph|[Ss]ection|[Cc]hapter|[Pp]art|Law|Decree|Order|Resolution)s? (?:No\\.? ?)?${PROVISION}`,
  ],
};
const ISO_DAY = `${YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])${WHOLE}`;
const DOTTED_DAY = `(?:0[1-9]|[12]\\d|3[01])\\.(?:0[1-9]|1[0-2])\\.${YEAR}`;

const allowedIn = (lang: Language): RegExp =>
  new RegExp(
    `\\{\\{metric:[A-Za-z0-9][A-Za-z0-9._-]*\\}\\}|${[ISO_DAY, DOTTED_DAY, ...ALLOWED[lang]].map((p) => `${FROM}${p}`).join('|')}`,
    'gu',
  );
const PATTERNS = Object.fromEntries(LANGUAGES.map((lang) => [lang, allowedIn(lang)])) as Record<Language, RegExp>;

/** Anything that can be read as a number in any script: digits, fractions, superscripts, Roman and circled ones. */
const NUMBER = /\p{N}/u;

const METRIC = /\{\{metric:([A-Za-z0-9][A-Za-z0-9._-]*)\}\}/g;

/** Ids of the numbers that a text names, in their order. */
export const numbersIn = (text: string): string[] => [...text.matchAll(METRIC)].map(([, id]) => id!);

/**
 * Where a text holds a number that is typed rather than computed: a position from 0, or -1 (requirement R1). What can be read as a year
 * ("of 2012 cases") passes; numbers written as words are left to the approver.
 */
export function typedNumberAt(text: string, lang: Language): number {
  const left = text.replaceAll(PATTERNS[lang], (match) => ' '.repeat(match.length));
  return left.search(NUMBER);
}

/** What is not seen: it can turn the digits of a number round (U+202E) or hide between them. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}]/u;

/** Two numbers with nothing, a point or a narrow space between them are read as a third one. */
const TOUCHING = /\}\}[.,'’·\u00a0\u2009\u202f]?\{\{/u;

/**
 * Refuses a text with a typed number (`typed_number`, with its place), with characters that are not seen (`hidden_character`), with
 * numbers that run into each other (`numbers_touch`), with braces that are no number of the report
 * (`unknown_number`), or whose languages name different numbers (`languages_differ`); RuleError.
 */
export function assertText(text: Localised, known: (id: string) => boolean, at = 'text'): void {
  for (const lang of LANGUAGES) {
    const field = `${at}.${lang}`;
    if (text[lang].trim() === '')
      throw new RuleError('missing_translation', `${field} is empty: the report has three languages`, { field });
    const position = typedNumberAt(text[lang], lang);
    if (position >= 0)
      throw new RuleError(
        'typed_number',
        `${field} holds a number at position ${position}: numbers stand in a text as {{metric:id}}, in a date or in a legal citation only`,
        { field },
      );
    const unseen = text[lang].search(UNSEEN);
    if (unseen >= 0)
      throw new RuleError('hidden_character', `${field} holds a character that is not seen at position ${unseen}`, {
        field,
      });
    if (TOUCHING.test(text[lang]))
      throw new RuleError('numbers_touch', `${field} holds two numbers that would be read as one`, { field });
    const rest = text[lang].replaceAll(METRIC, '');
    const brace = rest.search(/\{\{|\}\}/);
    const unknown = numbersIn(text[lang]).find((id) => !known(id));
    if (brace >= 0 || unknown !== undefined)
      throw new RuleError('unknown_number', `${field} names a number that the report does not have`, { field });
  }
  const [kk, ...others] = LANGUAGES.map((lang) => numbersIn(text[lang]).sort().join());
  if (others.some((one) => one !== kk))
    throw new RuleError('languages_differ', 'the three languages name different numbers', { field: at });
}
