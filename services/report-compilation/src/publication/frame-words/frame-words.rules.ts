import { RuleError } from '@aiqyn/contracts/rule-error';
import { type Language, LANGUAGES } from '../../report-model/report-model.rules.js';

/** The words that stand around what an edition says. */
export const FRAME_KEYS = [
  'language.name',
  'cover.year',
  'edition',
  'sealed',
  'previous',
  'contents',
  'owner',
  'legal-basis',
  'table',
  'figure',
  'figure.data',
  'column.row',
  'column.year',
  'column.low',
  'column.high',
  'note',
  'note.withheld',
  'note.missing',
  'note.band',
  'withheld',
  'missing',
  'alt.line',
  'alt.bars',
  'alt.year',
  'alt.group',
  'alt.band',
  'alt.no-band',
  'alt.point-band',
  'origins.title',
  'origins.intro',
  'origins.snapshot',
  'origins.events',
  'origins.root',
  'origins.topic',
  'origins.partition',
  'origins.offset',
  'origins.partitions',
  'origins.numbers',
  'origins.number',
  'origins.metric',
  'sources',
  'events.one',
  'events.few',
  'events.many',
  'events.other',
  'page.skip',
  'page.languages',
  'page.intro',
  'page.scrolls',
  'page.scrolls.figure',
  'page.walk',
  'page.seal',
  'page.downloads',
] as const;
export type FrameKey = (typeof FRAME_KEYS)[number];
export type FrameWords = Readonly<Record<FrameKey, string>>;

const LOCALES: Readonly<Record<Language, string>> = { kk: 'kk-KZ', ru: 'ru-RU', en: 'en-GB' };
const PLACES = /\{([a-z]+)\}/g;
const placesOf = (text: string): string =>
  [...text.matchAll(PLACES)]
    .map(([, place]) => place)
    .sort()
    .join(',');

/** The words of each language, whole: a missing key, one that nobody reads, an empty text or another set of places is refused. */
export function frameWordsOf(files: Readonly<Record<Language, unknown>>): Readonly<Record<Language, FrameWords>> {
  for (const language of LANGUAGES) {
    const words = files[language] as Readonly<Record<string, unknown>>;
    const wrong = [
      ...FRAME_KEYS.filter((key) => typeof words[key] !== 'string' || words[key].trim() === ''),
      ...Object.keys(words).filter((key) => !(FRAME_KEYS as readonly string[]).includes(key)),
    ];
    if (wrong.length > 0)
      throw new RuleError('FRAME_WORDS', `the words of ${language} are not whole: ${wrong.join(', ')}`, {
        field: language,
        allowed: FRAME_KEYS,
      });
    const others = FRAME_KEYS.filter(
      (key) => placesOf(String(words[key])) !== placesOf(String((files.en as Record<string, unknown>)[key])),
    );
    if (others.length > 0)
      throw new RuleError('FRAME_WORDS', `${language} has other places than en in: ${others.join(', ')}`, {
        field: language,
      });
  }
  return files as Readonly<Record<Language, FrameWords>>;
}

/** A word with its places filled; one that is left open is an error, never a brace in print. */
export function fill(words: FrameWords, key: FrameKey, values: Readonly<Record<string, string | number>> = {}): string {
  return words[key].replace(PLACES, (_, place: string) => {
    const value = values[place];
    if (value === undefined) throw new Error(`${key} leaves {${place}} open`);
    return String(value);
  });
}

/** "1 event", "2 события", "5 событий": the number in its locale and the noun in its plural form. */
export function eventsText(words: FrameWords, language: Language, count: number): string {
  const form = new Intl.PluralRules(LOCALES[language]).select(count);
  const key = form === 'one' || form === 'few' || form === 'many' ? (`events.${form}` as const) : 'events.other';
  return fill(words, key, { n: new Intl.NumberFormat(LOCALES[language]).format(count) });
}
