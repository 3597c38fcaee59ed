import { RuleError } from '@aiqyn/contracts/rule-error';
import { escapeHtml as h } from '../../publication/render-page/html.rules.js';
import { type Language, LANGUAGES, type Localised } from '../../report-model/report-model.rules.js';
import { SITE_KEYS, type SiteKey } from './site-keys.js';

export type SiteWords = Readonly<Record<SiteKey, string>>;
type Texts = Readonly<Record<string, string>>;

const PLACES = /\{([a-z]+)\}/g;
const placesOf = (text: string): string =>
  [...text.matchAll(PLACES)]
    .map(([, place]) => place)
    .sort()
    .join(',');

/** The words of each language, whole: a missing, odd or empty one, or another set of places is refused. */
export function siteWordsOf(
  files: Readonly<Record<Language, Readonly<Record<string, unknown>>>>,
): Readonly<Record<Language, SiteWords>> {
  const wrong = LANGUAGES.flatMap((language) => {
    const words = files[language];
    return [
      ...SITE_KEYS.filter((key) => typeof words[key] !== 'string' || words[key].trim() === ''),
      ...Object.keys(words).filter((key) => !(SITE_KEYS as readonly string[]).includes(key)),
      ...SITE_KEYS.filter((key) => placesOf(String(words[key])) !== placesOf(String(files.en[key]))),
    ].map((key) => `${language} ${key}`);
  });
  if (wrong.length > 0) throw new RuleError('SITE_WORDS', `the words of the site are not whole: ${wrong.join(', ')}`);
  return files as Readonly<Record<Language, SiteWords>>;
}

/** Says things in one language of the site; whatever it gives is HTML. */
export class Say {
  constructor(
    readonly language: Language,
    private readonly words: SiteWords,
    /** Names of groups that numbers are told by: areas, regions, kinds. */
    private readonly groups: ReadonlyMap<string, Localised>,
    /** Words of the answers to comments. */
    private readonly answers: Texts,
  ) {}

  /** A word with its places filled; one that is left open is an error, never a brace on a page. */
  t(key: SiteKey, values: Readonly<Record<string, string | number>> = {}): string {
    const text = this.words[key].replace(PLACES, (_, place: string) => {
      const value = values[place];
      if (value === undefined) throw new Error(`${key} leaves {${place}} open`);
      return String(value);
    });
    return h(text);
  }

  of(text: Localised): string {
    return h(text[this.language]);
  }

  /** A word by the value of a field; the value itself where there is no word for it. */
  choice(family: string, value: string): string {
    const key = `${family}.${value}`;
    return (SITE_KEYS as readonly string[]).includes(key) ? this.t(key as SiteKey) : h(value);
  }

  group(family: string, value: string): string {
    const found = this.groups.get(`${family}.${value}`);
    return found ? this.of(found) : h(value);
  }

  /** A word of the answers to comments; throws when it is missing. */
  answer(key: string): string {
    const found = this.answers[key];
    if (found === undefined) throw new Error(`word ${key} of the answers is missing`);
    return h(found);
  }

  href(path: string): string {
    return h(`/${this.language}${path === '' ? '' : `/${path}`}`);
  }
}
