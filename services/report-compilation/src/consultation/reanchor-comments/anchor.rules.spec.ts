import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Unit } from '../documents/units.rules.js';
import { type Anchor, quoteIn, reanchored } from './anchor.rules.js';

const measure = { contextCharacters: 20, wordsKept: 0.6 };
const unit = (unitId: string, ru: string, number = '1'): Unit => ({
  ...{ unitId, number, kind: 'paragraph', text: { kk: `${ru} (қаз)`, ru, en: `${ru} (eng)` } },
});
const WORDS =
  'Государственный орган публикует ответ на каждое замечание в течение десяти рабочих дней после окончания приёма.';
const made = (text: string, on = unit('p1', WORDS)): Anchor => ({
  ...{ documentVersion: 1, how: 'as-made', unitId: on.unitId, number: on.number },
  quote: quoteIn(on, { language: 'ru', text }, measure)!,
});
const whole: Anchor = { documentVersion: 1, how: 'as-made', unitId: 'p1', number: '1' };
const quote = 'публикует ответ на каждое замечание в течение десяти рабочих дней';
const p2 = (ru: string): Unit => unit('p2', ru, '2');

describe('a quote', () => {
  it('stands where its surroundings say, of several places', () => {
    const on = unit('p1', 'орган вправе, суд вправе, совет вправе');
    const start = (told: object) => quoteIn(on, { language: 'ru', text: 'вправе', ...told }, measure)!.start;
    expect(start({})).toBe(6);
    expect(start({ prefix: 'суд ' })).toBe(18);
    expect(start({ prefix: 'совет ', suffix: '' })).toBe(32);
    expect(start({ suffix: ', совет' })).toBe(18);
    expect(quoteIn(on, { language: 'ru', text: 'обязан' }, measure)).toBeUndefined();
    expect(quoteIn(on, { language: 'ru', text: '' }, measure)).toBeUndefined();
  });
});

describe('a comment in a later version', () => {
  it.each([
    ['the same words', [unit('p1', WORDS)], 'exact', 'p1', quote],
    ['the same words further on', [unit('p1', `Во исполнение закона. ${WORDS}`, '4')], 'exact', 'p1', quote],
    [
      'words much like them',
      [unit('p1', WORDS.replace('десяти', 'пятнадцати').replace('замечание', 'предложение'))],
      'fuzzy',
      'p1',
      'публикует ответ на каждое предложение в течение пятнадцати рабочих дней',
    ],
    ['them in another unit', [unit('p1', 'Иное.'), p2(WORDS)], 'moved', 'p2', quote],
    ['them in another unit, its own gone', [p2(WORDS)], 'moved', 'p2', quote],
    ['other words between the same ones', [unit('p1', WORDS.replace(quote, 'молчит'))], 'context', 'p1', 'молчит'],
    ['nothing of it', [unit('p1', 'Иное.'), p2('Другое.')], 'orphan', 'p1', quote],
    ['nothing at all of its unit', [p2('Другое.')], 'orphan', 'p1', quote],
  ] as [string, Unit[], string, string, string][])('finds %s', (_, units, how, unitId, text) => {
    const found = reanchored([made(quote)], 2, units, measure);
    expect([found.how, found.unitId, found.quote!.text, found.documentVersion]).toEqual([how, unitId, text, 2]);
    if (how !== 'orphan') {
      const at = units.find((one) => one.unitId === unitId)!;
      expect(found.number).toBe(at.number);
      expect(at.text.ru.slice(found.quote!.start, found.quote!.start + text.length)).toBe(text);
    }
  });

  it('prefers its own unit, in like words, to the same words elsewhere', () => {
    const units = [p2(WORDS), unit('p1', WORDS.replace('десяти', 'трёх'))];
    expect(reanchored([made(quote)], 2, units, measure)).toMatchObject({ how: 'fuzzy', unitId: 'p1' });
  });

  it('on a whole unit stays with the unit, or is an orphan with its number', () => {
    expect(reanchored([whole], 2, [unit('p1', 'x', '7')], measure)).toEqual({
      ...{ documentVersion: 2, how: 'unit', unitId: 'p1', number: '7' },
    });
    expect(reanchored([whole], 2, [p2('x')], measure)).toEqual({
      ...{ documentVersion: 2, how: 'orphan', unitId: 'p1', number: '1' },
    });
  });

  it('that is an orphan finds its place again when the words come back', () => {
    const orphan = reanchored([made(quote)], 2, [p2('Другое.')], measure);
    expect(reanchored([made(quote), orphan], 3, [unit('p1', WORDS)], measure)).toMatchObject({
      how: 'exact',
      unitId: 'p1',
    });
  });

  it('whose words were edited away and come back is on its first words again', () => {
    const away = reanchored([made(quote)], 2, [unit('p1', WORDS.replace(quote, 'молчит'))], measure);
    expect(away).toMatchObject({ how: 'context', quote: { text: 'молчит' } });
    const back = reanchored([made(quote), away], 3, [unit('p3', 'Введение.', '3'), p2(WORDS)], measure);
    expect(back).toMatchObject({ how: 'moved', unitId: 'p2', quote: { text: quote } });
  });

  it('whatever was edited, stands exactly once, and where it says that it stands', () => {
    const ids = ['p1', 'p2', 'p3', 'p4'] as const;
    const words = fc.array(fc.constantFrom('орган', 'ответ', 'срок', 'дней', 'закон', 'суд', 'вправе'), {
      minLength: 1,
      maxLength: 12,
    });
    const version = fc
      .uniqueArray(fc.constantFrom(...ids), { minLength: 1 })
      .chain((kept) => fc.tuple(...kept.map((id) => words.map((w) => unit(id, w.join(' '), id.slice(1))))));
    const cut = fc.record({ unit: fc.nat(), from: fc.nat(), length: fc.integer({ min: 0, max: 40 }) });
    fc.assert(
      fc.property(
        version,
        fc.array(version, { minLength: 1, maxLength: 4 }),
        fc.array(cut, { maxLength: 20 }),
        (first, later, cuts) => {
          const start = cuts.map(({ unit: i, from, length }): Anchor => {
            const on = first[i % first.length]!;
            const at = from % on.text.ru.length;
            const text = on.text.ru.slice(at, at + length);
            const placed = text === '' ? undefined : quoteIn(on, { language: 'ru', text }, measure)!;
            return {
              ...{ documentVersion: 1, how: 'as-made', unitId: on.unitId, number: on.number },
              ...(placed ? { quote: placed } : {}),
            };
          });
          const history = start.map((one) => [one]);
          for (const [i, units] of later.entries()) {
            const before = history.map((all) => all.at(-1)!);
            for (const all of history) all.push(reanchored(all, i + 2, units, measure));
            expect(history.map((all) => all.length)).toEqual(start.map(() => i + 2));
            for (const [k, found] of history.map((all) => all.at(-1)!).entries()) {
              expect(found.documentVersion).toBe(i + 2);
              const on = units.find((one) => one.unitId === found.unitId);
              if (found.how === 'orphan') expect(found.unitId).toBe(before[k]!.unitId);
              else {
                expect(on).toBeDefined();
                // A comment on words stays one on words, a comment on a unit one on a unit.
                expect(found.quote === undefined).toBe(start[k]!.quote === undefined);
                if (found.quote) expect(on!.text.ru.startsWith(found.quote.text, found.quote.start)).toBe(true);
                if (found.how === 'exact' || found.how === 'moved')
                  expect([before[k]!.quote!.text, start[k]!.quote!.text]).toContain(found.quote!.text);
              }
              // What can be found is not given up.
              const stands = (text = '') => text !== '' && units.some((one) => one.text.ru.includes(text));
              const words = [before[k]!, start[k]!].some((one) => stands(one.quote?.text));
              if (words || (!before[k]!.quote && units.some((u) => u.unitId === before[k]!.unitId)))
                expect(found.how).not.toBe('orphan');
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
