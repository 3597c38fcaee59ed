import { describe, expect, it } from '@jest/globals';
import type { Language } from '../../report-model/report-model.rules.js';
import { assertText, typedNumberAt } from './text.rules.js';

/** The sentence, its language, and what stands at the place where it is refused. */
const REFUSED: [Language, string, string][] = [
  ['en', 'The Agency registered 1,632 offences.', '1,632'],
  ['en', 'Convicted: {{metric:cases.liable}}, of them 144 heads.', '144'],
  ['en', 'A share of 21 % was embezzlement.', '21'],
  ['en', 'In 2025 people sent 2025 reports.', '2025 reports'],
  ['en', 'Article 17 500 tenge were paid.', '17 500'],
  ['en', 'The gain was 1½ points.', '1½'],
  ['en', 'Half (½) of them were rejected.', '½'],
  ['en', 'Chapter Ⅳ tells of it.', 'Ⅳ'],
  ['en', 'Damage of 143m USD was established.', '143m'],
  ['en', 'The place was 94th of {{metric:index.cpi.of}}.', '94th'],
  ['ru', 'Зарегистрировано 1632 преступления.', '1632'],
  ['ru', 'Осуждено {{metric:cases.liable}} лиц, из них 144 руководителя.', '144'],
  ['ru', 'Доля хищений составила 21%.', '21%'],
  ['ru', 'Выплачено 31 млн тенге.', '31'],
  ['ru', 'За 2025 год поступило 10 сообщений.', '10'],
  ['ru', 'Статья 17 500 тенге.', '17 500'],
  ['ru', 'Возвращено 1,02 трлн тенге.', '1,02'],
  ['ru', 'Место: ９４.', '９４'],
  ['ru', 'Рост в ² раза.', '²'],
  ['ru', 'Сумма ١٢ тенге.', '١٢'],
  ['kk', '1632 құқық бұзушылық тіркелді.', '1632'],
  ['kk', 'Үлесі 21 % болды.', '21'],
  ['kk', '2025 жылы 5 іс ашылды.', '5 іс'],
  ['kk', 'Сотталғандар: {{metric:cases.liable}}, оның 144-і басшы.', '144'],
  ['kk', '31 млн теңге төленді.', '31'],
  ['kk', '17-бап 500 теңге.', '500'],
  ['kk', 'Орны 94-ші.', '94'],
  ['kk', 'Балл 38,5.', '38,5'],
  ['kk', '{{metric:a}}1 іс.', '1'],
  ['kk', 'Ⅴ тарау.', 'Ⅴ'],
];

const ALLOWED: [Language, string][] = [
  [
    'en',
    'By article 17(4) of Law No. 410-V of 18 November 2015 and Decree 154, {{metric:reports.total}} were received in 2025.',
  ],
  ['en', 'Sealed on 2026-01-20, from January 5, 2025 to 31.12.2025; the Concept of 2022–2026.'],
  [
    'ru',
    'По статье 17 Закона № 410-V от 18 ноября 2015 года, пункту 2(1), за 2025 год поступило {{metric:reports.total}}.',
  ],
  ['ru', 'Концепция на 2022–2026 годы; 31.12.2025; до 1 января 2026 г.'],
  ['kk', '2015 жылғы 18 қарашадағы № 410-V Заңның 17-бабы, 2-тармағы: {{metric:reports.total}}, 2025 жыл.'],
  ['kk', '2022–2026 жылдарға арналған тұжырымдама, 2026-01-20.'],
];

describe('R1: no typed numbers', () => {
  it.each(REFUSED)('%s: refuses "%s"', (lang, text, found) => {
    expect(typedNumberAt(text, lang)).toBe(text.indexOf(found));
  });

  it.each(ALLOWED)('%s: lets "%s" pass: dates, years and provisions of the law are words', (lang, text) => {
    expect(typedNumberAt(text, lang)).toBe(-1);
  });

  const known = (id: string): boolean => id === 'a' || id === 'b';
  it.each([
    ['typed_number', { kk: 'бір {{metric:a}}', ru: 'их 12 {{metric:a}}', en: 'one {{metric:a}}' }],
    ['unknown_number', { kk: '{{metric:c}}', ru: '{{metric:c}}', en: '{{metric:c}}' }],
    ['unknown_number', { kk: '{{metric a}}', ru: 'x', en: 'x' }],
    ['unknown_number', { kk: '{{metric:{{metric:a}}}}', ru: 'x', en: 'x' }],
    ['typed_number', { kk: 'x', ru: 'всего 1\u200b6', en: 'x' }],
    ['typed_number', { kk: 'x', ru: 'x', en: 'in all &#49;' }],
    ['hidden_character', { kk: '{{metric:a}}', ru: '\u202e{{metric:a}}', en: '{{metric:a}}' }],
    ['hidden_character', { kk: '{{metric:a}}\u200b', ru: '{{metric:a}}', en: '{{metric:a}}' }],
    ['numbers_touch', { kk: '{{metric:a}}{{metric:b}}', ru: 'x', en: 'x' }],
    ['numbers_touch', { kk: '{{metric:a}},{{metric:b}}', ru: 'x', en: 'x' }],
    ['missing_translation', { kk: '{{metric:a}}', ru: ' ', en: '{{metric:a}}' }],
    ['languages_differ', { kk: '{{metric:a}}', ru: '{{metric:a}}', en: '{{metric:b}}' }],
  ])('says %s', (code, text) => {
    expect(() => assertText(text, known)).toThrow(expect.objectContaining({ code }));
  });

  it('names language and position, and does not repeat the text', () => {
    expect(() => assertText({ kk: 'сөз', ru: 'всего 1632', en: 'word' }, known)).toThrow(/text\.ru.*position 6/);
    expect(() => assertText({ kk: 'сөз', ru: 'всего 1632', en: 'word' }, known)).not.toThrow(/1632/);
  });

  it('takes the three languages when they name the same numbers, in the order of their grammar', () => {
    expect(() =>
      assertText(
        { kk: '{{metric:a}} {{metric:b}}', ru: '{{metric:b}}, {{metric:a}}', en: '{{metric:a}} of {{metric:b}}' },
        known,
      ),
    ).not.toThrow();
  });
});
