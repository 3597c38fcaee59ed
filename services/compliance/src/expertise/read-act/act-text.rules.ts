import { RuleError } from '@aiqyn/contracts';

export const LANGUAGES = ['kk', 'ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Longest text that is screened, in characters. */
export const MAX_CHARACTERS = 1_000_000;

/** Letters and digits of the three languages, lower case, inside a character class. */
export const LETTERS = 'a-z0-9а-яәғқңөұүһі';

/** A sentence, or an item of a list with the words that lead to it; offsets in UTF-16 units of the text. */
export interface Unit {
  readonly article: number;
  readonly start: number;
  readonly end: number;
  /** Where the words before the colon of the list begin and end. */
  readonly lead?: { readonly start: number; readonly end: number };
  /** It says what a word means. */
  readonly defines: boolean;
}

export interface Article {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

export interface ActText {
  readonly language: Language;
  readonly text: string;
  /** The text in lower case with plain spaces and without ё, each character in its place. */
  readonly plain: string;
  readonly articles: readonly Article[];
  readonly units: readonly Unit[];
  /** The words that the act defines, with what they are defined to be. */
  readonly defined: ReadonlyMap<string, string>;
}

const HEADINGS: Record<Language, RegExp> = {
  ru: /(?:^|\n)[ \t]*статья[ \t]+(\d+)(?:-\d+)?[.:)]?[ \t]*/g,
  kk: /(?:^|\n)[ \t]*(?:(\d+)(?:-\d+)?[ \t]*-[ \t]*бап|бап[ \t]+(\d+))[.:)]?[ \t]*/g,
  en: /(?:^|\n)[ \t]*(?:section|article|sec\.|art\.|§)[ \t]*(\d+)(?:-\d+)?[a-z]?[.:)]?[ \t]*/g,
};
/** Acts that are not laws are often made of numbered points. */
const POINTS = /(?:^|\n)[ \t]*(\d+)(?:-\d+)?\.[ \t]+/g;
const CHAPTER =
  /^[ \t]*(?:(?:глава|раздел|параграф|тарау|бөлім|chapter|part|title)\s+(?:\d|[ivx]+(?![a-z]))|\d+\s*-\s*(?:тарау|бөлім))/;

/** Before a full stop these end no sentence. */
const SHORT =
  /(?:^|[\s(«"])(?:ст|п|пп|подп|др|пр|т|д|г|гг|тыс|млн|млрд|руб|см|им|напр|e\.g|i\.e|no|art|arts|sec|para|cf|v|б|т\.б|ж)$/;

function plainOf(text: string): string {
  let out = '';
  for (const unit of text) {
    const lower = unit.toLowerCase();
    const same = lower.length === unit.length ? lower : unit;
    out +=
      same === 'ё'
        ? 'е'
        : /[\u00a0\u2000-\u200a\u202f\u205f\u3000\ufeff\t]/.test(same)
          ? ' '
          : same === '\u2011'
            ? '-'
            : same;
  }
  return out;
}

function articlesOf(plain: string, language: Language): Article[] {
  const by = (pattern: RegExp): { number: number; start: number; body: number }[] =>
    [...plain.matchAll(pattern)].map((m) => ({
      number: Number(m[1] ?? m[2]),
      start: m.index + (m[0].startsWith('\n') ? 1 : 0),
      body: m.index + m[0].length,
    }));
  const headed = by(HEADINGS[language]);
  const found = headed.length > 0 ? headed : by(POINTS);
  if (found.length === 0) return [{ number: 1, start: 0, end: plain.length }];
  return found.map(({ number, body }, i) => ({ number, start: body, end: found[i + 1]?.start ?? plain.length }));
}

/** Where a sentence ends after the character at `i`; wrapped lines and lists go on. */
function endsAt(plain: string, text: string, from: number, i: number): boolean {
  const char = plain[i]!;
  if (char === '\n') {
    const before = plain.slice(from, i).trimEnd().at(-1);
    const after = text.slice(i + 1).match(/^\s*(\S)/)?.[1];
    if (before === undefined || after === undefined) return true;
    if (/[.!?]/.test(before)) return true;
    return !/[,;:]/.test(before) && after === after.toUpperCase() && after !== after.toLowerCase();
  }
  if (!/[.!?]/.test(char)) return false;
  const next = text.slice(i + 1).match(/^([»”")\]]*)(\s+)(\S)/);
  if (!next) return /^[»”")\]\s]*$/.test(text.slice(i + 1, i + 40));
  if (char !== '.') return true;
  const before = plain.slice(Math.max(from, i - 12), i);
  if (/(?:^|\s)\d{1,3}$/.test(before) && plain.slice(from, i).trim().length <= 3) return false;
  const capital = next[3]! !== next[3]!.toLowerCase() || /[\d«"“]/.test(next[3]);
  if (/(?:^|\s)(?:etc|др|пр|т\.\s?д|т\.\s?п|т\.\s?б)$/.test(before)) return capital;
  return capital && !SHORT.test(before);
}

const trimmed = (plain: string, start: number, end: number): { start: number; end: number } => {
  let [a, b] = [start, end];
  while (a < b && /\s/.test(plain[a]!)) a += 1;
  while (b > a && /[\s.;]/.test(plain[b - 1]!)) b -= 1;
  return { start: a, end: b };
};

const DEFINES =
  /(?:используются (?:следующие )?(?:основные )?(?:понятия|термины)|применяются (?:следующие )?(?:понятия|термины)|под [^.;]{3,80} понима[ею]тся|[“"‘][^”"’]{2,60}[”"’]\s+(?:means|includes)|мынадай (?:негізгі )?ұғымдар|ұғымдар (?:мен терминдер )?пайдаланылады)/;
const DEFINITION = new RegExp(
  String.raw`(?:^|[:;.]\s*|\n\s*)(?:\(?\d+[.)]\s*|[a-zа-я]\)\s*)?[«“"‘]?([${LETTERS}][${LETTERS} ,()-]{2,60}?)[»”"’]?\s+(?:[–—]\s|-\s|means\s|includes\s)([^;.]{5,200})`,
  'g',
);

function unitsOf(
  article: Article,
  plain: string,
  text: string,
  isDefinition: (start: number, end: number) => boolean,
): Unit[] {
  const units: Unit[] = [];
  let from = article.start;
  const heading = plain.slice(from, article.end).match(/^([^\n]*)\n/);
  // A title over the norms of an article rules nothing.
  if (
    heading &&
    !/[.;:,]\s*$/.test(heading[1]!) &&
    plain.slice(from + heading[0].length, article.end).trim() !== '' &&
    heading[1]!.trim() !== ''
  ) {
    from += heading[0].length;
  }
  const sentence = (start: number, end: number): void => {
    const sentenceSpan = trimmed(plain, start, end);
    // The number of a part is no word of the norm.
    const numbered = /^\(?\d{1,2}[.)]\s+/.exec(plain.slice(sentenceSpan.start, sentenceSpan.end));
    const whole = { start: sentenceSpan.start + (numbered?.[0].length ?? 0), end: sentenceSpan.end };
    if (whole.end - whole.start < 3 || CHAPTER.test(plain.slice(whole.start, whole.end))) return;
    const defines = isDefinition(whole.start, whole.end);
    const colon = plain.slice(whole.start, whole.end).search(/:\s*(?:\n|\d+\)|[a-zа-я]\)|[-–—]\s|[^:]*;)/);
    const lead = colon < 0 ? undefined : { start: whole.start, end: whole.start + colon };
    const body = lead ? lead.end + 1 : whole.start;
    const pieces = plain.slice(body, whole.end).split(/(;|(?<=\s)(?=\d{1,2}\)\s))/);
    let at = body;
    const parts: { start: number; end: number }[] = [];
    for (const piece of pieces) {
      if (piece !== ';' && piece.trim() !== '') parts.push(trimmed(plain, at, at + piece.length));
      at += piece.length;
    }
    if (lead) units.push({ article: article.number, ...trimmed(plain, lead.start, lead.end), defines });
    for (const part of parts) {
      if (part.end - part.start > 2)
        units.push({ article: article.number, ...part, ...(lead ? { lead } : {}), defines });
    }
  };
  let begin = from;
  for (let i = from; i < article.end; i += 1) {
    const char = plain.charCodeAt(i);
    if (char !== 46 && char !== 10 && char !== 33 && char !== 63) continue;
    if (endsAt(plain, text, begin, i)) {
      sentence(begin, i + 1);
      begin = i + 1;
    }
  }
  sentence(begin, article.end);
  return units;
}

function definitionsOf(plain: string, articles: readonly Article[]): Map<string, string> {
  const defined = new Map<string, string>();
  for (const { start, end } of articles.slice(0, 5)) {
    for (const m of plain.slice(start, end).matchAll(DEFINITION)) defined.set(m[1]!.trim(), m[2]!);
  }
  return defined;
}

/** Between sentences no line goes on: what is searched for must not begin in a title and end in the norm under it. */
function fenced(plain: string, units: readonly Unit[]): string {
  let [out, at] = ['', 0];
  for (const { start, end } of units) {
    if (start > at) out += plain.slice(at, start).replaceAll('\n', '\u0001');
    if (end > Math.max(at, start)) out += plain.slice(Math.max(at, start), end);
    at = Math.max(at, end);
  }
  return out + plain.slice(at);
}

/** The share of letters of one kind among all letters. */
const share = (text: string, of: RegExp): number =>
  (text.match(of)?.length ?? 0) / Math.max(1, text.match(/\p{L}/gu)?.length ?? 0);

/** The language a text is written in, by its letters; undefined when there is too little of it. */
export function languageOf(text: string): Language | undefined {
  const sample = text.slice(0, 20_000);
  if ((sample.match(/\p{L}/gu)?.length ?? 0) < 40) return undefined;
  if (share(sample, /[a-z]/giu) > 0.6) return 'en';
  if (share(sample, /\p{Script=Cyrillic}/gu) < 0.6) return undefined;
  return share(sample, /[әғқңөұүһі]/giu) > 0.03 ? 'kk' : 'ru';
}

/**
 * Reads a draft act: its articles, sentences, items of lists and definitions. Offsets are of the text in NFC.
 * Throws RuleError `empty_text`, `text_too_long` or `other_language`.
 */
export function actText(raw: string, language: Language): ActText {
  const text = raw.normalize('NFC');
  if (text.trim() === '') throw new RuleError('empty_text', 'there is no text', { field: 'text' });
  if (text.length > MAX_CHARACTERS) {
    throw new RuleError('text_too_long', `a text has at most ${MAX_CHARACTERS} characters`, { field: 'text' });
  }
  const written = languageOf(text);
  if (written && written !== language) {
    const details = { field: 'language', allowed: [written] };
    throw new RuleError('other_language', `the text is not written in "${language}"`, details);
  }
  const plain = plainOf(text);
  const articles = articlesOf(plain, language);
  const defined = definitionsOf(plain, articles);
  const definitional = (start: number, end: number): boolean => {
    const own = plain.slice(start, end);
    DEFINITION.lastIndex = 0;
    return DEFINES.test(own) || (DEFINITION.test(own) && [...defined.keys()].some((term) => own.includes(term)));
  };
  const units = articles.flatMap((article, i) => unitsOf(article, plain, text, i < 5 ? definitional : () => false));
  return { language, text, plain: fenced(plain, units), articles, units, defined };
}
