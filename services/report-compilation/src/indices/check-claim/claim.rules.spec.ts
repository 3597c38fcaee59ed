import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { comparison } from '../compare-editions/comparison.rules.js';
import { shippedValues } from '../import-index/shipped-files.js';
import type { IndexFile } from '../import-index/index-file.rules.js';
import { indexPolicy } from '../index-values/index-policy.rules.js';
import { knownOn, type RecordedValue } from '../index-values/index-value.rules.js';
import { checkClaim, type Claim, type Finding } from './claim.rules.js';
import { filled, findingText } from './finding-text.rules.js';
import { FINDING_WORDS } from './finding-words.js';
import { claimOf } from './sentence.rules.js';

const policy = indexPolicy(
  JSON.parse(readFileSync(new URL('../../../data/policies/indices.json', import.meta.url), 'utf8')),
);
const recorded = (file: IndexFile): RecordedValue[] =>
  shippedValues(file).map((value) => ({ ...value, recordedDay: '2026-11-23' }));
const stores: Record<string, RecordedValue[]> = { cpi: recorded('cpi'), wgi: recorded('wgi'), wjp: recorded('wjp') };

function found(index: string, claim: Claim): Finding & { readonly text: (lang: 'kk' | 'ru' | 'en') => string } {
  const description = policy.indices.find(({ code }) => code === index)!;
  const all = stores[index]!.filter(({ series }) => series === index);
  const own = knownOn(all).filter(({ country }) => country === 'KAZ');
  const compared = (from: number, to: number) => comparison(description, all, 'KAZ', { from, to }, policy);
  const finding = checkClaim(claim, own, description, compared);
  const { from, to } = finding;
  const told = from && to && from.year < to.year ? compared(from.year, to.year) : {};
  return { ...finding, text: (lang) => findingText(finding, told, description, FINDING_WORDS[lang]) };
}

describe('what is said of the standing of the country', () => {
  it('CPI "from 133rd to 94th over ten years": both places are right, and eight years lie between them', () => {
    const finding = found('cpi', claimOf('Kazakhstan rose from 133rd to 94th over ten years'));
    expect(finding).toMatchObject({
      ...{ code: 'places-right-span-wrong', reasons: ['span-wrong'], span: 8 },
      from: { year: 2012, rank: 133, countries: 176, score: 28, standardError: 4.1 },
      to: { year: 2020, rank: 94, countries: 180, score: 38, standardError: 3.12 },
      beforeTo: { year: 2010, none: 'before-the-break' },
      afterFrom: { year: 2022, rank: 101 },
      newest: { year: 2025, rank: 96, countries: 182, score: 38 },
    });
    expect(finding.text('en')).toBe(
      'The values are right, the time is not. Between the two lie 8 years. ' +
        '2012: score 28, place 133 of 176. 2020: score 38, place 94 of 180. ' +
        '2010: by an earlier method, not comparable. 2022: score 36, place 101 of 180. ' +
        'The score moved by 10 (z 1.94): a rise, significant at 90 %. ' +
        'Among the 175 countries of both editions: place 132, then 90. ' +
        'Newest: 2025: score 38, place 96 of 182. The index measures the perception of corruption.',
    );
  });

  it('WJP "62nd of 128": true, in the edition of 2020', () => {
    expect(found('wjp', claimOf('62nd of 128'))).toMatchObject({
      ...{ code: 'true', reasons: [] },
      to: { year: 2020, vintage: '2020', rank: 62, countries: 128 },
      newest: { year: 2025, rank: 66, countries: 143 },
    });
  });

  it('WJP 2021, 62 to 66 called a rise by 3: it fell by 4 places, and the score has no error to judge it by', () => {
    const finding = found('wjp', {
      measure: 'rank',
      from: 62,
      to: 66,
      fromYear: 2020,
      toYear: 2021,
      said: 'risen',
      by: 3,
    });
    expect(finding).toMatchObject({
      ...{ code: 'wrong', reasons: ['moved-by-wrong', 'direction-wrong'], span: 1 },
      from: { year: 2020, rank: 62, countries: 128 },
      to: { year: 2021, rank: 66, countries: 139 },
    });
    expect(finding.text('en')).toContain('whether that is a change is not known');
  });

  const places = (from: number, to: number, more: Partial<Claim> = {}): Claim => ({
    measure: 'rank',
    from,
    to,
    ...more,
  });
  const scores = (from: number, to: number, more: Partial<Claim> = {}): Claim => ({
    measure: 'score',
    from,
    to,
    ...more,
  });
  const place = (to: number, more: Partial<Claim> = {}): Claim => ({ measure: 'rank', to, ...more });

  it.each<[string, string, Claim, string, string[]]>([
    ['the right span', 'cpi', places(133, 94, { span: 8 }), 'true', []],
    ['no span at all', 'cpi', places(133, 94), 'true', []],
    ['the right years', 'cpi', places(133, 94, { fromYear: 2012, toYear: 2020, of: 180 }), 'true', []],
    [
      'wrong years',
      'cpi',
      places(133, 94, { fromYear: 2013, toYear: 2020 }),
      'places-right-span-wrong',
      ['years-wrong'],
    ],
    ['2012 to 2022 as it is', 'cpi', places(133, 101, { span: 10 }), 'true', []],
    ['the wrong number of countries', 'cpi', places(133, 94, { of: 182 }), 'wrong', ['countries-wrong']],
    ['a place that never was', 'cpi', places(133, 90), 'wrong', ['to-not-found']],
    ['two that never were', 'cpi', places(7, 8), 'wrong', ['from-not-found', 'to-not-found']],
    ['backwards in time', 'cpi', places(94, 133), 'wrong', ['order-wrong']],
    ['a place of the scale of 0 to 10', 'cpi', places(105, 94, { span: 10 }), 'not-comparable', ['before-the-break']],
    ['a year of that scale', 'cpi', places(105, 94, { fromYear: 2010 }), 'not-comparable', ['before-the-break']],
    ['WJP over its break', 'wjp', places(74, 62), 'not-comparable', ['before-the-break']],
    ['a fall called one', 'cpi', places(94, 102, { said: 'fallen', by: 8 }), 'true', []],
    ['a fall called a rise', 'cpi', places(94, 102, { said: 'risen' }), 'wrong', ['direction-wrong']],
    [
      '28 to 38 called a rise',
      'cpi',
      scores(28, 38, { said: 'risen', by: 10, fromYear: 2012, toYear: 2020 }),
      'true',
      [],
    ],
    ['38 to 37 called a fall', 'cpi', scores(38, 37, { said: 'fallen' }), 'wrong', ['no-significant-change']],
    ['36 to 39 called a rise', 'cpi', scores(36, 39, { said: 'risen' }), 'wrong', ['no-significant-change']],
    [
      '40 to 38 called a fall, without an error',
      'cpi',
      scores(40, 38, { said: 'fallen' }),
      'wrong',
      ['error-not-known'],
    ],
    ['a score at fewer digits', 'wjp', { measure: 'score', to: 0.52, toYear: 2020 }, 'true', []],
    ['a place alone', 'cpi', place(94), 'true', []],
    ['a place of another year', 'cpi', place(94, { toYear: 2021 }), 'wrong', ['years-wrong']],
    ['a place alone that never was', 'cpi', place(1), 'wrong', ['to-not-found']],
    ['a place of too many', 'wjp', place(62, { of: 139 }), 'wrong', ['countries-wrong']],
    ['the restated WGI', 'wgi', scores(-0.82, -0.24, { said: 'risen' }), 'true', []],
  ])('%s (%s)', (_, index, claim, code, reasons) => {
    const { code: is, reasons: why } = found(index, claim);
    expect([is, why]).toEqual([code, reasons]);
  });

  it('is always true when it is taken from the data, and never with another span', () => {
    const own = knownOn(stores['cpi']!).filter(({ country }) => country === 'KAZ');
    const years = fc.subarray(own, { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(years, fc.integer({ min: 1, max: 30 }), (two, span) => {
        const [a, b] = two.sort((one, other) => one.year - other.year) as [RecordedValue, RecordedValue];
        const claim = places(a.rank!, b.rank!, { fromYear: a.year, toYear: b.year, of: b.countries! });
        const right = b.year - a.year;
        expect(found('cpi', { ...claim, span: right }).code).toBe('true');
        if (span !== right) {
          expect(found('cpi', { ...claim, span })).toMatchObject({ code: 'places-right-span-wrong', span: right });
        }
      }),
    );
  });

  it('of several years with the place, takes those nearest to the span', () => {
    // The score stood at 38 in 2020 and in 2025.
    expect(found('cpi', scores(28, 38, { span: 13 }))).toMatchObject({ from: { year: 2012 }, to: { year: 2025 } });
    expect(found('cpi', scores(28, 38, { span: 5 }))).toMatchObject({ from: { year: 2015 }, to: { year: 2020 } });
  });
});

describe('a claim in words', () => {
  const moved = { measure: 'rank', from: 133, to: 94, span: 10 };
  it.each<[string, object]>([
    ['from 133rd to 94th over ten years', moved],
    ['from 133rd to 94th place in 10 years', moved],
    ['С 133-го на 94-е место за десять лет', moved],
    ['с 133-го места на 94-е за 10 лет', moved],
    ['Он жылда 133-орыннан 94-орынға көтерілді', moved],
    ['он бір жыл ішінде 133-орыннан 94-орынға', { ...moved, span: 11 }],
    ['133rd in 2012, 94th in 2020', { measure: 'rank', from: 133, to: 94, fromYear: 2012, toYear: 2020 }],
    ['62nd of 128', { measure: 'rank', to: 62, of: 128 }],
    ['62-е место из 128', { measure: 'rank', to: 62, of: 128 }],
    ['128 елдің ішінде 62-орын', { measure: 'rank', to: 62, of: 128 }],
    ['place 94 of 180 in 2020', { measure: 'rank', to: 94, of: 180, toYear: 2020 }],
    ['в 2020-м году 94-е место', { measure: 'rank', to: 94, toYear: 2020 }],
    ['2020 жылы 94-орын', { measure: 'rank', to: 94, toYear: 2020 }],
  ])('%s', (sentence, claim) => expect(claimOf(sentence)).toEqual(claim));

  it.each(['', 'we improved a lot', 'a score of 38', '1st, 2nd and 3rd', 'in 2020 of 180'])(
    'is not read: %p',
    (sentence) => {
      expect(() => claimOf(sentence)).toThrow(expect.objectContaining({ code: 'claim_not_read' }));
    },
  );
});

describe('the words of a finding', () => {
  const { kk, ru, en } = FINDING_WORDS;
  const holes = (sentence: string): string[] => [...sentence.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

  it('are the same in three languages, with the same places to fill', () => {
    for (const words of [kk, ru]) {
      expect(Object.keys(words).sort()).toEqual(Object.keys(en).sort());
      for (const [key, sentence] of Object.entries(words))
        expect([key, holes(sentence)]).toEqual([key, holes(en[key]!)]);
    }
  });

  it('tell the same numbers in each language', () => {
    const finding = found('cpi', claimOf('from 133rd to 94th over ten years'));
    const numbers = (lang: 'kk' | 'ru' | 'en') =>
      [
        ...finding
          .text(lang)
          .replaceAll(',', '.')
          .matchAll(/\d+(?:\.\d+)?/g),
      ]
        .map(([n]) => n)
        .sort();
    expect(numbers('kk')).toEqual(numbers('en'));
    expect(numbers('ru')).toEqual(numbers('en'));
    expect(finding.text('ru')).toContain('z 1,94');
  });

  it('are an error when one is missing, never an empty place', () => {
    expect(() => filled(en, 'nothing')).toThrow('missing');
    expect(() => filled(en, 'reason.span-wrong')).toThrow('needs span');
  });
});
