import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { actText, LANGUAGES, type Language } from '../read-act/act-text.rules.js';
import { catalogueOf } from '../factors/catalogue.rules.js';
import { type Annotation, measure, rates } from './measure.rules.js';
import { type Candidate, screen } from './screen.rules.js';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const raw = JSON.parse(read('data/expertise/corruptogenic-factors.json')) as { version: string; factors: object[] };
const catalogue = catalogueOf(raw);

interface Marked {
  readonly id: string;
  readonly language: Language;
  readonly sha256: string;
  readonly text: string;
  readonly annotations: Annotation[];
  readonly decoys?: readonly { readonly article: number; readonly start: number; readonly end: number }[];
  readonly cleanArticles?: readonly number[];
}
const acts = (folder: string): Marked[] =>
  readdirSync(new URL(`../../../fixtures/${folder}/`, import.meta.url))
    .filter((name) => name.endsWith('.annotations.json'))
    .map((name) => {
      const marked = JSON.parse(read(`fixtures/${folder}/${name}`)) as Marked & { textFile: string };
      return { ...marked, text: read(`fixtures/${folder}/${marked.textFile}`) };
    });
const open = acts('draft-acts');
const own = acts('draft-acts-own');
const other = acts('draft-acts-other-hand');
const screened = (language: Language, text: string): Candidate[] => screen(actText(text, language), catalogue);
const codes = (language: Language, text: string): string[] => screened(language, text).map(({ code }) => code);

describe('the marked draft acts', () => {
  it.each(LANGUAGES)('of %s are found with F1 of at least 0.95', (language) => {
    const rows = [open, own, other].map((set) =>
      set
        .filter((act) => act.language === language)
        .map((act) => measure(screened(language, act.text), act.annotations)),
    );
    for (const [i, row] of rows.entries()) {
      const { precision, recall, f1 } = rates(row);
      console.info(
        `${language} ${['open', 'own', 'other hand'][i]}: precision ${precision.toFixed(3)} recall ${recall.toFixed(3)} F1 ${f1.toFixed(3)}`,
      );
      expect(f1).toBeGreaterThanOrEqual(0.95);
      // What is found is found in its place.
      expect(row.reduce((all, { exact }) => all + exact, 0)).toBeGreaterThanOrEqual(
        0.95 * row.reduce((all, { right }) => all + right, 0),
      );
    }
  });

  it.each(open.map((act) => [act.id, act] as const))('%s: nothing in clean articles and decoys', (_, act) => {
    const found = screened(act.language, act.text);
    expect(createHash('sha256').update(act.text.normalize('NFC')).digest('hex')).toBe(act.sha256);
    expect(found.filter(({ article }) => act.cleanArticles!.includes(article))).toEqual([]);
    expect(found.filter((one) => act.decoys!.some(({ start, end }) => one.start < end && start < one.end))).toEqual([]);
  });
});

describe('candidates', () => {
  it.each([...open, ...own, ...other].map((act) => [`${act.id}`, act] as const))(
    'of %s quote the text at their span, in order, and are the same each time',
    (_, act) => {
      const found = screened(act.language, act.text);
      for (const { start, end, quote } of found) expect(act.text.normalize('NFC').slice(start, end)).toBe(quote);
      expect([...found].sort((a, b) => a.start - b.start || a.end - b.end)).toEqual(found);
      expect(screened(act.language, act.text)).toEqual(found);
    },
  );

  it('quote any text exactly, whatever stands in it', () => {
    const pieces = [
      'Статья 3. ',
      'Орган вправе отказать',
      '; ',
      'по иным основаниям',
      '.\n',
      '(',
      ')',
      ':',
      '1) ',
      '\u00a0',
      '😀',
      'Ё',
      'й',
      '«',
      '»',
      ' от 1 до 10 лет',
      '\r\n',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 40 }), (parts) => {
        const text = parts.join('').normalize('NFC');
        if (text.trim() === '' || !/[а-я]{4}/i.test(text)) return;
        const characters = [...text];
        for (const { start, end, quote } of screened('ru', text)) {
          expect(characters.slice(start, end).join('')).toBe(quote);
        }
      }),
    );
  });

  it('do not depend on how lines end, on hard spaces or on decomposed letters', () => {
    for (const act of open) {
      const plain = screened(act.language, act.text).map(({ code, article }) => `${article} ${code}`);
      const windows = screened(act.language, act.text.replaceAll('\n', '\r\n'));
      expect(windows.map(({ code, article }) => `${article} ${code}`)).toEqual(plain);
      const hard = screened(act.language, act.text.replaceAll(' ', '\u00a0').normalize('NFD'));
      expect(hard.map(({ code, article }) => `${article} ${code}`)).toEqual(plain);
    }
  });
});

describe('the structure of a norm', () => {
  const ru = (norm: string): string[] =>
    codes('ru', `Статья 1. О порядке.\nСтатья 2. ${norm}\nСтатья 3. Закон вводится в действие через десять дней.`);
  const en = (norm: string): string[] =>
    codes('en', `Section 1. On the matter.\nSection 2. ${norm}\nSection 3. This Act enters into force in ten days.`);
  const kk = (norm: string): string[] =>
    codes('kk', `1-бап. Осы Заң тәртіпті реттейді.\n2-бап. ${norm}\n3-бап. Заң он күннен кейін қолданысқа енгізіледі.`);

  it.each([
    ['a power of an authority', 'Комиссия вправе выдать разрешение.', ['DISC-02']],
    ['a right of a person', 'Заявитель вправе отозвать заявление.', []],
    ['a thing that may happen', 'Паводок может причинить вред.', []],
    ['what is forbidden', 'Требовать иные документы запрещается.', []],
    [
      'a power in cases that are named',
      'Орган вправе отказать в случаях, предусмотренных статьей 1 настоящего Закона.',
      [],
    ],
    ['a norm with no term', 'Инспекция рассматривает заявление.', ['PROC-02']],
    ['a norm with a term', 'Инспекция рассматривает заявление в течение пяти дней.', []],
    ['a term that may be prolonged', 'Срок может быть продлен инспекцией.', ['PROC-03']],
    ['a term that may be prolonged once', 'Срок может быть продлен инспекцией один раз не более чем на пять дней.', []],
    ['a broken reference', 'Отказ оформляется по статье 9 настоящего Закона в течение двух дней.', ['REFR-04']],
    ['a reference to another law', 'Отказ оформляется по статье 9 Закона «О жилье» в течение двух дней.', []],
    ['a wide range', 'Штраф составляет от 10 до 100 месячных расчетных показателей.', ['DISC-06']],
    ['a narrow range', 'Штраф составляет от 10 до 20 месячных расчетных показателей.', []],
    ['a word that is measured', 'Существенным признается ущерб свыше ста месячных расчетных показателей.', []],
    ['a word that is not', 'Участок содержится в надлежащем состоянии.', ['LING-01']],
    ['cases closed in brackets', 'В исключительных случаях (пожар, наводнение, оползень) проезд закрывается.', []],
    ['a contest left out', 'Участок предоставляется минуя аукцион.', ['INTR-01']],
    ['a contest that must not be left out', 'Предоставление участка без проведения аукциона не допускается.', []],
  ])('in Russian: %s', (_, norm, expected) => {
    expect(ru(norm)).toEqual(expected);
  });

  it.each([
    ['a power of an authority', 'The Board may refuse an application.', ['DISC-02']],
    [
      'a power of one that no list knows',
      'The reeve may refuse an application. The reeve shall issue permits within two days.',
      ['DISC-02'],
    ],
    ['a right of a person', 'An applicant may withdraw the application.', []],
    ['a thing that may happen', 'Frost may damage the pitch.', []],
    ['a complaint to itself', 'Complaints against the inspector are decided by the same inspector.', ['CTRL-06']],
    ['a complaint to a court', 'Complaints against the inspector are decided by the court within a month.', []],
    ['functions in one hand', 'The Agency issues licences, inspects premises and imposes fines.', ['DISC-08']],
  ])('in English: %s', (_, norm, expected) => {
    expect(en(norm)).toEqual(expected);
  });

  it.each([
    ['a power of an authority', 'Инспекция рұқсат беруге құқылы.', ['DISC-02']],
    ['a right of a person', 'Өтініш беруші шағым беруге құқылы.', []],
    ['a thing that may happen', 'Су тасқыны зиян келтіруі мүмкін.', []],
    ['a list left open', 'Өтінішке инспекция талап ететін өзге де құжаттар қоса беріледі.', ['BURD-02']],
    ['a word that is measured', 'Елеулі бұзушылық деп екі рет жасалған бұзушылық танылады.', []],
  ])('in Kazakh: %s', (_, norm, expected) => {
    expect(kk(norm)).toEqual(expected);
  });
});

describe('another catalogue', () => {
  const withCue = {
    ...raw,
    version: '1.1.0',
    factors: raw.factors.map((one) =>
      (one as { code: string }).code === 'LING-01' ? { ...one, cues: { ru: ['волшебн\\p{L}*'] } } : one,
    ),
  };
  const text = 'Статья 1. Участок содержится волшебным образом.\nСтатья 2. Комиссия вправе отказать заявителю.';

  it('adds a cue without a release', () => {
    expect(codes('ru', text)).toEqual(['DISC-02']);
    expect(screen(actText(text, 'ru'), catalogueOf(withCue)).map(({ code }) => code)).toEqual(['LING-01', 'DISC-02']);
  });

  it('retires a factor, with the rules for it', () => {
    const less = {
      ...raw,
      version: '2.0.0',
      factors: raw.factors.filter((one) => (one as { code: string }).code !== 'DISC-02'),
    };
    expect(screen(actText(text, 'ru'), catalogueOf(less))).toEqual([]);
  });

  it.each([
    ['version', { ...raw, version: 1 }],
    ['factors', { ...raw, factors: [] }],
    ['factors[0].code', { ...raw, factors: [{ ...raw.factors[0], code: 'X' }] }],
    ['factors[1].code', { ...raw, factors: [raw.factors[0], raw.factors[0]] }],
    ['factors[0].severity', { ...raw, factors: [{ ...raw.factors[0], severity: 'huge' }] }],
    ['factors[0].name.kk', { ...raw, factors: [{ ...raw.factors[0], name: { ru: 'а', en: 'a' } }] }],
    ['factors[0].cues.ru', { ...raw, factors: [{ ...raw.factors[0], cues: { ru: ['('] } }] }],
  ])('is refused, naming %s', (field, other) => {
    expect(() => catalogueOf(other)).toThrow(expect.objectContaining({ code: 'bad_catalogue', details: { field } }));
  });
});

describe('a text', () => {
  it.each([
    ['empty_text', 'ru', ' \n'],
    ['text_too_long', 'ru', 'а '.repeat(500_001)],
    ['other_language', 'ru', open.find(({ language }) => language === 'kk')!.text],
    ['other_language', 'kk', open.find(({ language }) => language === 'ru')!.text],
    ['other_language', 'en', open.find(({ language }) => language === 'ru')!.text],
    ['other_language', 'ru', open.find(({ language }) => language === 'en')!.text],
  ] as [string, Language, string][])('is refused as %s of %s', (code, language, text) => {
    expect(() => actText(text, language)).toThrow(expect.objectContaining({ code }));
  });

  it('of numbered points has articles of their numbers', () => {
    const { articles } = actText(
      'ПРАВИЛА\n1. Первое правило действует всегда.\n2. Второе правило тоже.\n10-1. Третье.',
      'ru',
    );
    expect(articles.map(({ number }) => number)).toEqual([1, 2, 10]);
  });
});
