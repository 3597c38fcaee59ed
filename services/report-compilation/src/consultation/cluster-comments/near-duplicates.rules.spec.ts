import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { consultationPolicy } from '../policies/consultation-policy.rules.js';
import { bandsOf, clustersOf, jaccard, lookedAt, shinglesOf, type Told, wordsOf } from './near-duplicates.rules.js';

const { duplicates: measure } = consultationPolicy(
  JSON.parse(readFileSync(new URL('../../../data/policies/consultation.json', import.meta.url), 'utf8')),
);
const cluster = (texts: readonly Told[]) =>
  clustersOf(
    texts.map((one) => lookedAt(one, measure)),
    measure,
  );

/** The same numbers each time: what fails fails again. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Campaign {
  readonly letter: string;
  /** Words that somebody who copies puts in place of others. */
  readonly swaps: readonly (readonly [string, string])[];
  readonly greetings: readonly string[];
  readonly closings: readonly string[];
  readonly regions: readonly string[];
  /** What other people write about: beginnings, middles, ends of sentences. */
  readonly others: readonly (readonly string[])[];
}

const RU: Campaign = {
  letter: `Мы, жители, просим исключить пункт 12 из проекта Концепции. Он разрешает закупать услуги у одного поставщика без конкурса,
если закупка признана срочной. Кто и по каким признакам признаёт её срочной, в проекте не сказано. В прошлом году таким путём были
заключены тысячи договоров, и жалобы на завышенные цены остались без ответа. Предлагаем указать закрытый перечень случаев, обязать
заказчика публиковать обоснование до заключения договора и дать общественному совету право его обжаловать. Без этих условий пункт
открывает дорогу злоупотреблениям, а не ускоряет работу. Просим дать письменный ответ на каждое из наших предложений.`,
  swaps: [
    ['жители', 'граждане'],
    ['просим', 'требуем'],
    ['исключить', 'убрать'],
    ['услуги', 'работы'],
    ['договоров', 'контрактов'],
    ['завышенные', 'высокие'],
    ['Предлагаем', 'Просим'],
    ['закрытый', 'исчерпывающий'],
    ['публиковать', 'размещать'],
    ['дорогу', 'путь'],
    ['письменный', 'подробный'],
  ],
  greetings: ['Добрый день!', 'Здравствуйте, уважаемая комиссия.', 'Салем!', 'Уважаемые разработчики!'],
  closings: ['С уважением, житель города.', 'Спасибо за внимание', 'Жду ответа!!!', 'Поддерживаю полностью.'],
  regions: ['Павлодар', 'Шымкент', 'город Алматы', 'Костанайская область', 'Атырау', 'Семей', 'Караганда'],
  others: [
    [
      'Считаю, что',
      'По моему опыту',
      'В нашем районе',
      'Как предприниматель скажу:',
      'Юристы объединения полагают:',
      'В школе',
    ],
    [
      'глава о декларациях',
      'раздел о подарках',
      'срок проверки',
      'перечень показателей',
      'обучение служащих',
      'работа совета',
      'пункт 12',
    ],
    [
      'написан неясно',
      'противоречит кодексу',
      'нуждается в сроках',
      'не имеет источника данных',
      'повторяет прежний план',
      'важен и нужен',
    ],
    ['поэтому стоит', 'и потому надо бы', 'отчего полезно', 'так что правильно', 'значит, разумно'],
    [
      'добавить ответственного',
      'сослаться на закон',
      'указать базовое значение',
      'убрать исключение',
      'провести опрос',
      'открыть реестр',
    ],
    [
      'до конца года.',
      'в каждом регионе.',
      'с участием НПО.',
      'без новых расходов.',
      'и опубликовать итоги.',
      'по примеру соседей.',
    ],
  ],
};
const KK: Campaign = {
  letter: `Біз, тұрғындар, Тұжырымдама жобасынан 12-тармақты алып тастауды сұраймыз. Ол сатып алу шұғыл деп танылса, қызметтерді
конкурссыз бір жеткізушіден сатып алуға рұқсат береді. Оны кім және қандай белгілер бойынша шұғыл деп танитыны жобада айтылмаған. Өткен
жылы осы жолмен мыңдаған шарт жасалды, ал қымбат бағаға қатысты шағымдар жауапсыз қалды. Жағдайлардың жабық тізбесін көрсетуді, тапсырыс
берушіні шарт жасалғанға дейін негіздемені жариялауға міндеттеуді және қоғамдық кеңеске оған шағымдану құқығын беруді ұсынамыз. Бұл
талаптарсыз тармақ жұмысты жеделдетпейді, теріс пайдалануға жол ашады. Әрбір ұсынысымызға жазбаша жауап беруді сұраймыз.`,
  swaps: [
    ['тұрғындар', 'азаматтар'],
    ['сұраймыз', 'талап етеміз'],
    ['қызметтерді', 'жұмыстарды'],
    ['мыңдаған', 'көптеген'],
    ['қымбат', 'жоғары'],
    ['жабық', 'толық'],
    ['жариялауға', 'орналастыруға'],
    ['ұсынамыз', 'сұраймыз'],
    ['жазбаша', 'толық'],
    ['Әрбір', 'Барлық'],
  ],
  greetings: ['Сәлеметсіздер ме!', 'Қайырлы күн.', 'Құрметті комиссия!', 'Армысыздар,'],
  closings: ['Құрметпен, қала тұрғыны.', 'Рақмет', 'Жауап күтемін!!!', 'Толық қолдаймын.'],
  regions: ['Павлодар', 'Шымкент', 'Алматы қаласы', 'Қостанай облысы', 'Атырау', 'Семей', 'Қарағанды'],
  others: [
    [
      'Менің ойымша,',
      'Тәжірибеме сүйенсем,',
      'Біздің ауданда',
      'Кәсіпкер ретінде айтамын:',
      'Заңгерлер бірлестігі санайды:',
      'Мектепте',
    ],
    [
      'декларация тарауы',
      'сыйлықтар бөлімі',
      'тексеру мерзімі',
      'көрсеткіштер тізбесі',
      'қызметшілерді оқыту',
      'кеңестің жұмысы',
      '12-тармақ',
    ],
    [
      'түсініксіз жазылған',
      'кодекске қайшы',
      'мерзімді қажет етеді',
      'деректер көзі жоқ',
      'бұрынғы жоспарды қайталайды',
      'маңызды әрі керек',
    ],
    ['сондықтан', 'содан', 'демек', 'осыған орай', 'ендеше'],
    [
      'жауаптыны қосу',
      'заңға сілтеу',
      'бастапқы мәнді көрсету',
      'ерекшелікті алып тастау',
      'сауалнама жүргізу',
      'тізілімді ашу',
    ],
    [
      'жыл соңына дейін керек.',
      'әр өңірде керек.',
      'ҮЕҰ қатысуымен керек.',
      'жаңа шығынсыз керек.',
      'және қорытындысын жариялау керек.',
    ],
  ],
};

const LATIN: Readonly<Record<string, string>> = { а: 'a', е: 'e', о: 'o', с: 'c', р: 'p', х: 'x' };
const PLAIN: Readonly<Record<string, string>> = {
  ә: 'а',
  қ: 'к',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
  ғ: 'г',
  ё: 'е',
};

/** 300 copies of one letter with small changes, and 700 others: short, long, some of which quote a sentence of the letter. */
function mail({ letter, swaps, greetings, closings, regions, others }: Campaign): { copies: Told[]; rest: Told[] } {
  const below = numbers(20_251);
  const one = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const copy = (): string => {
    let text = letter;
    for (let n = 1 + below(4); n > 0; n -= 1) text = text.replace(...one(swaps));
    if (below(2)) text = `${one(greetings)} ${text}`;
    if (below(2)) text = `${text} ${one(closings)}`;
    if (below(3) === 0) text = `${text}\n${one(regions)}`;
    if (below(4) === 0) text = text.replace(/, /g, ' ').replace(/\./g, '!');
    if (below(4) === 0) text = [...text].map((c) => PLAIN[c] ?? c).join('');
    if (below(8) === 0) text = [...text].map((c) => LATIN[c] ?? c).join('');
    if (below(8) === 0) text = text.toUpperCase();
    if (below(6) === 0) {
      const sentences = text.split(/(?<=[.!])\s+/);
      sentences.splice(1 + below(sentences.length - 1), 1);
      text = sentences.join(' ');
    }
    return text;
  };
  const sentence = (): string => others.map(one).join(' ');
  const own = (i: number): string => {
    const written = Array.from({ length: 1 + below(6) }, sentence);
    if (i % 20 === 0) written.push(`«${one(letter.split(/(?<=\.)\s+/))}»`, sentence(), sentence());
    return written.join(' ');
  };
  const id = (kind: string, i: number): string =>
    `${(Math.imul(i, 40_503) >>> 0).toString(16).padStart(8, '0')}-${kind}`;
  return {
    copies: Array.from({ length: 300 }, (_, i) => ({ id: id('copy', i), text: copy() })),
    rest: Array.from({ length: 700 }, (_, i) => ({ id: id('other', i), text: own(i) })),
  };
}

describe('R9: comments that are copies of one letter', () => {
  it.each([
    ['ru', RU],
    ['kk', KK],
  ] as const)('in %s stand in one cluster, others do not', (_, campaign) => {
    const { copies, rest } = mail(campaign);
    // Small changes, not one text three hundred times.
    expect(new Set(copies.map(({ text }) => text)).size).toBeGreaterThan(250);
    const found = cluster([...copies, ...rest]);
    expect(found.size).toBe(1_000);
    const sizes = new Map<string, number>();
    for (const { id } of copies) sizes.set(found.get(id)!, (sizes.get(found.get(id)!) ?? 0) + 1);
    const [letter, inIt] = [...sizes].sort((a, b) => b[1] - a[1])[0]!;
    expect(inIt).toBeGreaterThanOrEqual(285);
    expect(rest.filter(({ id }) => found.get(id) === letter).length).toBeLessThanOrEqual(7);
  });
});

describe('near-duplicates', () => {
  it.each([
    ['Қоғамдық кеңес, ашық!', 'когамдык кенес ашык'],
    ['ЁЛКА ёлка', 'елка елка'],
    ['Bopoта', 'ворота'],
    ['ﬁle №5', 'fиlе nо5'],
    ['… — !', ''],
  ])('%p are the words %p', (text, words) => expect(wordsOf(text).join(' ')).toBe(wordsOf(words).join(' ')));

  it('are found whatever keyboard they were typed on', () => {
    expect(
      jaccard(shinglesOf('Ұсыныс: тізбе жариялансын', measure), shinglesOf('усыныс тизбе жариялансын', measure)),
    ).toBe(1);
    expect(
      cluster([
        { id: 'b', text: 'Поддерживаю!' },
        { id: 'a', text: 'поддерживаю' },
        { id: 'c', text: 'Против' },
      ]),
    ).toEqual(
      new Map([
        ['a', 'a'],
        ['b', 'a'],
        ['c', 'c'],
      ]),
    );
  });

  it('leaves texts without any word alone', () =>
    expect(
      cluster([
        { id: 'a', text: '!!!' },
        { id: 'b', text: '???' },
      ]).get('b'),
    ).toBe('b'));

  it('estimates what is alike: the share of equal rows is near the share of common shingles', () => {
    const [a, b] = [0, 1].map((from) => new Set(Array.from({ length: 300 }, (_, i) => (i + from * 100) * 7_919)));
    const rows = { ...measure, bands: 400, rows: 1 };
    const [x, y] = [bandsOf(a!, rows), bandsOf(b!, rows)];
    const equal = x.filter((band, i) => band === y[i]).length / 400;
    expect(Math.abs(equal - jaccard(a!, b!))).toBeLessThan(0.08);
  });

  it('stand in the same clusters in whatever order they come', () => {
    const { copies, rest } = mail(RU);
    const pool = [...copies.slice(0, 60), ...rest.slice(0, 60)];
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...pool), { minLength: 2, maxLength: 40, selector: ({ id }) => id }),
        fc.infiniteStream(fc.nat()),
        (texts, keys) => {
          const keyed = texts.map((text) => ({ text, key: Number(keys.next().value) }));
          const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ text }) => text);
          const [one, other] = [cluster(texts), cluster(shuffled)];
          for (const { id } of texts) expect(other.get(id)).toBe(one.get(id));
          // Each cluster is named after one of its own, the first.
          for (const [id, first] of one) expect([one.get(first), first <= id]).toEqual([first, true]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
