import type { Language } from './act-text.rules.js';

/** Beginnings of the words for numbers; the longest that fits counts. */
const NUMERALS: Record<Language, Readonly<Record<string, number>>> = {
  ru: {
    ...{ одн: 1, один: 1, дв: 2, тр: 3, четыр: 4, пят: 5, шест: 6, сем: 7, восьм: 8, восем: 8, девят: 9, десят: 10 },
    ...{ одиннадцат: 11, двенадцат: 12, тринадцат: 13, четырнадцат: 14, пятнадцат: 15, шестнадцат: 16, семнадцат: 17 },
    ...{ восемнадцат: 18, девятнадцат: 19, двадцат: 20, тридцат: 30, сорок: 40, пятьдесят: 50, пятидесят: 50 },
    ...{ шестьдесят: 60, шестидесят: 60, семьдесят: 70, семидесят: 70, восьмидесят: 80, восемьдесят: 80, девяност: 90 },
    ...{ ст: 100, двухсот: 200, двести: 200, трехсот: 300, триста: 300, четырехсот: 400, пятисот: 500, пятьсот: 500 },
    ...{ шестисот: 600, семисот: 700, восьмисот: 800, девятисот: 900, тысяч: 1000, миллион: 1_000_000, полугод: 0.5 },
  },
  en: {
    ...{ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11 },
    ...{ twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, eighteen: 18, twenty: 20, thirty: 30 },
    ...{ forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90, hundred: 100, thousand: 1000 },
    ...{ million: 1_000_000, a: 1, an: 1 },
  },
  kk: {
    ...{ бір: 1, екі: 2, үш: 3, төрт: 4, бес: 5, алты: 6, жеті: 7, сегіз: 8, тоғыз: 9, он: 10, жиырма: 20 },
    ...{ отыз: 30, қырық: 40, елу: 50, алпыс: 60, жетпіс: 70, сексен: 80, тоқсан: 90, жүз: 100, мың: 1000 },
    ...{ миллион: 1_000_000 },
  },
};
const SORTED = Object.fromEntries(
  Object.entries(NUMERALS).map(([language, words]) => [
    language,
    Object.entries(words).sort(([a], [b]) => b.length - a.length),
  ]),
) as Record<Language, [string, number][]>;
/** Letters that may follow the beginning of a number word. */
const ENDING: Record<Language, RegExp> = {
  ru: /^(?:|а|и|ь|я|е|у|ю|ух|ум|ех|ем|ой|го|ого|ому|ом|им|их|умя|емя|ью|ами|ам|ов|х|м|й|ая|ий|на|ный|ух)$/,
  en: /^(?:|s|th)$/,
  kk: /^(?:|дан|ден|тан|тен|нан|нен|ге|ге|ға|қа|ке|ны|ні|ды|ді|ның|нің|інші|ыншы)$/,
};

/** The number that some words or figures tell; undefined when they tell none. */
export function numberOf(words: string, language: Language): number | undefined {
  const said = words.replace(/^(?:eur|usd|kzt|gbp|€|\$)\s*/, '');
  if (said !== words) return numberOf(said, language);
  const figures = words.match(/^\d[\d\s\u00a0]*(?:[.,]\d+)*/);
  if (figures) {
    const plain = figures[0].replace(/[\s\u00a0]/g, '');
    const value = Number(/^\d{1,3}(?:[.,]\d{3})+$/.test(plain) ? plain.replace(/[.,]/g, '') : plain.replace(',', '.'));
    const rest = words.slice(figures[0].length).trim();
    return /^(?:тыс|мың|thousand)/.test(rest)
      ? value * 1000
      : /^(?:млн|миллион|million)/.test(rest)
        ? value * 1e6
        : value;
  }
  let [sum, found] = [0, false];
  for (const word of words.split(/[\s-]+/)) {
    const known = SORTED[language].find(
      ([stem]) => word.startsWith(stem) && ENDING[language].test(word.slice(stem.length)),
    );
    if (!known) break;
    const value = known[1];
    found = true;
    sum =
      value === 1000 || value === 1_000_000 || (value === 100 && language !== 'ru')
        ? Math.max(1, sum) * value
        : sum + value;
  }
  return found ? sum : undefined;
}

const UNITS: readonly [RegExp, number][] = [
  [/^(?:дн|день|суток|сутки|календарн|рабоч|банковск|күн|жұмыс|days?|working|calendar|business|тәулік)/, 1],
  [/^(?:недел|апта|weeks?)/, 7],
  [/^(?:месяц(?!\S*\s+расчет)|ай(?![а-яәғқңөұүһі]*\s*(?:есептік|лық есептік))|months?)/, 30],
  [/^(?:лет|год|года|жыл|years?)/, 365],
];
/** Days of a unit of time; 1 of any other unit. */
const factorOf = (unit: string): number => UNITS.find(([by]) => by.test(unit.trim()))?.[1] ?? 1;

const LETTER = '[a-zа-яәғқңөұүһі]';
/** Figures, or words for numbers in a row. */
const numeral = (language: Language): string => {
  const word = `(?:${SORTED[language].map(([stem]) => stem).join('|')})${LETTER}{0,5}?`;
  return String.raw`(?:(?:eur|usd|kzt|gbp|€|\$)\s*)?(?:\d[\d\s.,]*|${word}(?:[\s-]${word}){0,3})`;
};
const [NR, NE, NK] = (['ru', 'en', 'kk'] as const).map(numeral);
const U = String.raw`(?:[a-zа-яәғқңөұүһі%€$]+)`;
const RANGES: Record<Language, readonly RegExp[]> = {
  ru: [
    new RegExp(String.raw`(?<![а-я])от\s+(${NR})(?:\s+(${U}))??\s+до\s+(${NR})\s+(${U})`, 'g'),
    new RegExp(
      String.raw`не\s+менее\s+(?:чем\s+)?(${NR})(?:\s+(${U}))??\s+(?:и|,|но)\s*не\s+более\s+(?:чем\s+)?(${NR})\s+(${U})`,
      'g',
    ),
    new RegExp(String.raw`(?<![а-я])на\s+(${NR})()\s*[–—-]\s*(${NR})\s+(${U})`, 'g'),
    new RegExp(String.raw`(?<![а-я])(?:штраф\S*|сроком|размере|размером)\s+(${NR})()\s*[–—-]\s*(${NR})\s+(${U})`, 'g'),
  ],
  en: [
    new RegExp(String.raw`\b(?:between|from)\s+(${NE})(?:\s+(${U}))??\s+(?:and|to)\s+(${NE})\s+(${U})`, 'g'),
    new RegExp(
      String.raw`\b(?:of|for|by)\s+(\d[\d.,\s]*|[a-z]+)(?:\s+(days?|weeks?|months?|years?|per cent|euros?))?\s+(?:to|–)\s+(${NE})\s+(${U})`,
      'g',
    ),
    new RegExp(
      String.raw`\b(?:at\s+least|not\s+less\s+than|minimum\s+of)\s+(${NE})(?:\s+(${U}))??\s+(?:and|but)\s+(?:not\s+more\s+than|no\s+more\s+than|at\s+most|a\s+maximum\s+of|not\s+exceeding)\s+(${NE})\s+(${U})`,
      'g',
    ),
  ],
  kk: [
    new RegExp(
      String.raw`(?<![а-яәғқңөұүһі])(${NK})(?:\s+([а-яәғқңөұүһі]+?))??(?:-?(?:дан|ден|тан|тен|нан|нен))\s+(?:бастап\s+)?(${NK})(?:\s+(${U}))?(?:\s+[а-яәғқңөұүһі]+){0,3}?\s+дейін`,
      'g',
    ),
  ],
};

/** A range with how many times its lower end goes into its upper. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly ratio: number;
}

/** The ranges of numbers, sums and terms in a text of one language, lower case. */
export function rangesIn(plain: string, language: Language): Range[] {
  if (!/\d|до|–|—|дейін|between|from|to|most|more/.test(plain)) return [];
  return RANGES[language].flatMap((by) =>
    [...plain.matchAll(by)].flatMap((m) => {
      const low = numberOf(`${m[1]!.trim()} ${m[2] ?? ''}`, language);
      const high = numberOf(`${m[3]!.trim()} ${m[4] ?? ''}`, language);
      if (low === undefined || high === undefined || low <= 0) return [];
      const [lowUnit, highUnit] = [m[2] ?? '', m[4] ?? ''];
      const scale = lowUnit && factorOf(lowUnit) !== 1 ? factorOf(lowUnit) : lowUnit ? 1 : factorOf(highUnit);
      return [{ start: m.index, end: m.index + m[0].length, ratio: (high * factorOf(highUnit)) / (low * scale) }];
    }),
  );
}
