import { type ActText, type Language, LETTERS, type Unit } from '../read-act/act-text.rules.js';
import { type Concept, type Words } from './words.js';
import { en } from './words-en.js';
import { kk } from './words-kk.js';
import { ru } from './words-ru.js';

export interface Span {
  readonly start: number;
  readonly end: number;
}
export type Subject = 'authority' | 'person' | 'nobody';

const WORDS: Record<Language, Words> = { ru, kk, en };
const PRONOUN: Record<Language, RegExp> = {
  ru: /(?:^|\s)(?:он|она|оно|они)\s*$/,
  kk: /(?:^|\s)(?:ол|олар)\s/,
  en: /(?:^|\s)(?:it|he|she|they)\s*$/,
};
/** What a defined word stands for is told by the first of these in its definition. */
const BODY =
  /орган(?!изац)|руководител|начальник|директор|председател|служащ|инспектор|басшы|төраға|қызметші|ведомств|министерств|комисси|служб|инспекци|учреждени|агентств|должностн|подразделени|комитет|управлени|басқарма|мекеме|лауазымды|комитет|agency|authority|body|office|department|board|council|committee|official|officer|inspectorate|commission/;
const COMMISSION =
  /комисси|совет|жюри|рабоч\S+ групп|panel|board|committee|jury|council|топ(?:\s|$|,|;)|тобы|комиссия|кеңес|алқа/;
/** Words for a body or a person; what the act defines them to be decides. */
const EITHER = /operator|оператор|manager|company|corporation|организатор|центр|орталық|фонд|fund/;
const PERSON =
  /лицо|граждан|предпринимател|организаци|тұлға|адам|азамат|кәсіпкер|ұйым|person|company|individual|citizen|owner|organisation|association/;

const DOES =
  /\bthe ((?:[a-z-]+ )?[a-z-]+) (?:shall|may|must|will|has the (?:power|right) to|is (?:empowered|entitled) to) (?:grant|refuse|issue|approve|reject|revoke|suspend|impose|inspect|award|license|waive|exempt)\b|\b(?:determined|set|fixed|appointed|approved|issued|granted|decided|imposed|laid down|prescribed|licensed) by the ([a-z-]+(?: [a-z-]+)?)/g;
/** In English drafting one out of many is a person: "a reader may", "every owner shall". */
const ANY_ONE =
  /(?<![a-z])(?:an?|any|every|each)\s+(?:[a-z-]+\s+){0,2}[a-z-]+(?=\s+(?:(?:who|which|that)\s[^.;,]{1,60}\s)?(?:may|shall|must|can)\s+(?!be\b))/g;
/** Ends of words for things. */
const THING =
  /(?:ion|ence|ment|ty|al|it|ing|ure|age|ice|ance|fee|period|grant|plan|report|fund|act|law|term|call|list|sum|price|library|tax|rule|form|body)s?$/;
/** Endings of Russian words that are no subject of a sentence. */
const OBLIQUE = /(?:ов|ев|ам|ям|ами|ями|ах|ях|ом|ем|ому|ему|ого|его|ым|им|ыми|ими|ых|их|у|ю|лиц)$/;
const FUNCTION_WORD =
  /^(?:of|and|or|in|for|within|on|at|shall|may|same|that|this|law|court|act|to|by|is|are|with|from|under|parties|decision|procedure)$/;

const pattern = (words: string): RegExp =>
  new RegExp(
    `(?<![${LETTERS}])(?:${words.replaceAll('[@]', `[${LETTERS}]`).replaceAll('@', LETTERS).replaceAll('~', `[${LETTERS}]*`).replaceAll(' ?', '\\s*').replaceAll(' ', '\\s+')})(?![${LETTERS}])`,
    'g',
  );
const patterns = new Map<string, RegExp>();
const patternOf = (language: Language, concept: Concept): RegExp => {
  const key = `${language} ${concept}`;
  let found = patterns.get(key);
  if (!found) patterns.set(key, (found = pattern(WORDS[language][concept])));
  return found;
};

const spansOf = (text: string, by: RegExp): Span[] =>
  [...text.matchAll(by)].filter((m) => m[0] !== '').map((m) => ({ start: m.index, end: m.index + m[0].length }));

/** The parts of norms that stand in an act, each found once and when it is first asked for. */
export class Marks {
  private readonly found = new Map<Concept, readonly Span[]>();
  private readonly definedAs: Record<'authority' | 'person' | 'commission', readonly Span[]>;

  constructor(readonly act: ActText) {
    const of = (wanted: 'authority' | 'person' | 'commission'): Span[] => {
      const terms = [...act.defined].filter(([, means]) => {
        if (wanted === 'commission') return COMMISSION.test(means.slice(0, 60));
        // In Kazakh the word that the others describe stands last.
        const head = act.language === 'kk' ? means.split(',')[0]! : means;
        const where = (by: RegExp): number => (act.language === 'kk' ? -last(head, by) : head.search(by));
        const [body, person] = [
          BODY.test(head) ? where(BODY) : undefined,
          PERSON.test(head) ? where(PERSON) : undefined,
        ];
        const is =
          body !== undefined && (person === undefined || body < person)
            ? 'authority'
            : person !== undefined
              ? 'person'
              : undefined;
        return is === wanted;
      });
      if (terms.length === 0) return [];
      const plural = act.language === 'en' ? '(?:s|es)?' : '';
      const any = terms.map(([term]) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') + plural).join('|');
      return spansOf(act.plain, new RegExp(`(?<![${LETTERS}])(?:${any})(?![${LETTERS}])`, 'g'));
    };
    this.definedAs = {
      authority: [...of('authority'), ...this.acting()],
      person: [...of('person'), ...this.anyOne()],
      commission: of('commission'),
    };
  }

  /** Bodies that no list of words knows, told by what they do in the act. */
  private acting(): Span[] {
    if (this.act.language !== 'en') return [];
    const names = new Set<string>();
    for (const m of this.act.plain.matchAll(DOES)) {
      const words = (m[1] ?? m[2])!.split(' ').filter((word) => !FUNCTION_WORD.test(word));
      const name = words.join(' ');
      const person = patternOf('en', 'person');
      person.lastIndex = 0;
      if (name.length > 3 && !person.test(name)) names.add(name);
    }
    if (names.size === 0) return [];
    return spansOf(this.act.plain, new RegExp(`(?<![${LETTERS}])(?:${[...names].join('|')})(?![${LETTERS}])`, 'g'));
  }

  private anyOne(): Span[] {
    if (this.act.language !== 'en') return [];
    return spansOf(this.act.plain, ANY_ONE).filter(({ start, end }) => {
      const body = patternOf('en', 'authority');
      body.lastIndex = 0;
      const said = this.act.plain.slice(start, end);
      return !body.test(said) && !THING.test(said);
    });
  }

  all(concept: Concept): readonly Span[] {
    let spans = this.found.get(concept);
    if (!spans) {
      const own = spansOf(this.act.plain, patternOf(this.act.language, concept)).filter(
        ({ start, end }) =>
          concept !== 'personSubject' || this.act.language !== 'ru' || !OBLIQUE.test(this.act.plain.slice(start, end)),
      );
      const overruled = concept.startsWith('authority')
        ? this.definedAs.person.filter(({ start, end }) => EITHER.test(this.act.plain.slice(start, end)))
        : [];
      const more =
        concept === 'authoritySubject' || concept === 'authority'
          ? this.definedAs.authority
          : concept === 'personSubject'
            ? this.definedAs.person
            : concept === 'commission'
              ? this.definedAs.commission
              : [];
      const kept =
        overruled.length > 0
          ? own.filter((one) => !overruled.some((by) => by.start <= one.start && one.end <= by.end))
          : own;
      spans = more.length > 0 ? [...kept, ...more].sort((a, b) => a.start - b.start) : kept;
      this.found.set(concept, spans);
    }
    return spans;
  }

  within(concept: Concept, { start, end }: Span): readonly Span[] {
    const spans = this.all(concept);
    let [low, high] = [0, spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (spans[middle]!.start < start) low = middle + 1;
      else high = middle;
    }
    const inside: Span[] = [];
    for (let i = low; i < spans.length && spans[i]!.start < end; i += 1) {
      if (spans[i]!.end <= end) inside.push(spans[i]!);
    }
    return inside;
  }
}

/** Where the last match of a pattern begins; -1 for none. */
const last = (text: string, by: RegExp): number =>
  Math.max(-1, ...[...text.matchAll(new RegExp(by, 'g'))].map(({ index }) => index));

const joined = (...spans: Span[]): Span => ({
  start: Math.min(...spans.map(({ start }) => start)),
  end: Math.max(...spans.map(({ end }) => end)),
});
export const overlap = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** One norm: a sentence, or an item of a list with what leads to it, and what can be asked of it. */
export class Norm {
  private asked: Subject | undefined;
  /** All norms of the article. */
  siblings: readonly Norm[] = [];

  constructor(
    readonly unit: Unit,
    readonly marks: Marks,
    readonly before: Norm | undefined,
    readonly article: Span,
  ) {}

  get text(): string {
    return this.marks.act.plain.slice(this.unit.start, this.unit.end);
  }
  get span(): Span {
    return { start: this.unit.start, end: this.unit.end };
  }

  all(concept: Concept): readonly Span[] {
    return this.marks.within(concept, this.unit);
  }
  first(concept: Concept): Span | undefined {
    return this.all(concept)[0];
  }
  has(concept: Concept): boolean {
    return this.all(concept).length > 0;
  }
  /** Also in the words that lead to the list. */
  led(concept: Concept): boolean {
    return this.has(concept) || (this.unit.lead !== undefined && this.marks.within(concept, this.unit.lead).length > 0);
  }
  inArticle(concept: Concept): boolean {
    return this.marks.within(concept, this.article).length > 0;
  }

  /** The article names a term that can be counted, in a norm that is not of a person. */
  get termOfOthers(): boolean {
    return this.siblings.some((norm) => norm !== this && norm.has('countable') && norm.subject !== 'person');
  }

  /** Two parts that stand no further apart than `gap` characters, in any order. */
  pair(a: Concept, b: Concept, gap = 60): Span | undefined {
    const bs = this.all(b);
    for (const one of this.all(a)) {
      for (const other of bs) {
        if (!overlap(one, other) && (other.start >= one.end ? other.start - one.end : one.start - other.end) <= gap) {
          return joined(one, other);
        }
      }
    }
    return undefined;
  }
  /** A part that follows another within `gap` characters. */
  follows(a: Concept, b: Concept, gap = 60): Span | undefined {
    for (const one of this.all(a)) {
      const other = this.all(b).find(({ start }) => start >= one.end && start - one.end <= gap);
      if (other) return joined(one, other);
    }
    return undefined;
  }

  near(span: Span, concept: Concept, before: number, after: number): boolean {
    return this.all(concept).some(
      (mark) => !overlap(mark, span) && mark.end >= span.start - before && mark.start <= span.end + after,
    );
  }
  overlaps(span: Span, concept: Concept): boolean {
    return this.all(concept).some((mark) => overlap(mark, span));
  }
  /** The characters after a span, up to `length`. */
  after(span: Span, length: number): string {
    return this.marks.act.plain.slice(span.end, Math.min(span.end + length, this.unit.end));
  }

  /** Who acts: the subject that stands last before a place, or that of the words that lead to a list. */
  subjectBefore(at: number): Subject {
    const upTo = { start: this.unit.start, end: at };
    const authority = this.marks.within('authoritySubject', upTo).at(-1);
    const person = this.marks.within('personSubject', upTo).at(-1);
    if (authority && person) {
      if (overlap(authority, person)) {
        return authority.end - authority.start >= person.end - person.start ? 'authority' : 'person';
      }
      return authority.start > person.start ? 'authority' : 'person';
    }
    if (authority) return 'authority';
    if (person) return 'person';
    const own = this.marks.act.plain.slice(this.unit.start, at);
    const { lead, article, defines } = this.unit;
    if (lead) return new Norm({ article, ...lead, defines }, this.marks, undefined, this.article).subject;
    if (PRONOUN[this.marks.act.language].test(own) && this.before) return this.before.subject;
    return 'nobody';
  }

  /** Who the norm is about: the subject that stands first. */
  get subject(): Subject {
    if (this.asked) return this.asked;
    const authority = this.first('authoritySubject');
    const person = this.first('personSubject');
    const first =
      authority && person
        ? overlap(authority, person)
          ? authority.end - authority.start >= person.end - person.start
          : authority.start < person.start
        : authority !== undefined;
    this.asked = first
      ? 'authority'
      : person
        ? 'person'
        : this.unit.lead
          ? this.subjectBefore(this.unit.start)
          : 'nobody';
    return this.asked;
  }

  /** Where the norm lets an authority act or not act; a right of a person and a thing that may happen are no power. */
  get power(): Span | undefined {
    const forbidden = this.all('forbidden');
    const passive = this.all('passivePower').find((mark) => !forbidden.some((no) => overlap(no, mark)));
    const active = this.all('may').find((may) => {
      if (forbidden.some((no) => overlap(no, may))) return false;
      const subject = this.subjectBefore(may.start);
      if (subject === 'authority') return true;
      if (subject === 'nobody' && /право|құқығы|хақысы/.test(this.marks.act.plain.slice(may.start, may.end))) {
        const before = { start: this.unit.start, end: may.start };
        return this.marks.within('authority', before).length > 0 && this.marks.within('person', before).length === 0;
      }
      return subject === 'nobody' && may.start - this.unit.start < 3 && this.has('authoritySubject');
    });
    return active ?? passive;
  }

  get defines(): boolean {
    return this.unit.defines;
  }
  get forbids(): boolean {
    return this.led('forbidden');
  }
  /** It stands between brackets. */
  inBrackets({ start }: Span): boolean {
    const before = this.marks.act.plain.slice(this.unit.start, start);
    return before.lastIndexOf('(') > before.lastIndexOf(')');
  }
  /** A list in brackets right behind a span closes it. */
  closedBehind(span: Span): boolean {
    const rest = this.after(span, 200);
    return (
      /^\s*\([^)]{8,}\)/.test(rest) || /^\s*[,–—-]?\s*(?:а именно|то есть|namely|that is|атап айтқанда|яғни)/.test(rest)
    );
  }
}

/** The norms of an act, in their order. */
export function normsOf(act: ActText): Norm[] {
  const marks = new Marks(act);
  const articles = new Map(act.articles.map((article) => [article.number, article]));
  const norms: Norm[] = [];
  for (const unit of act.units) {
    const last = norms.at(-1);
    const before = last?.unit.article === unit.article ? last : undefined;
    norms.push(new Norm(unit, marks, before, articles.get(unit.article) ?? unit));
  }
  for (const [, own] of Map.groupBy(norms, ({ article }) => article)) for (const norm of own) norm.siblings = own;
  return norms;
}
