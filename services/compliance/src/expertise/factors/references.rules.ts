import type { ActText } from '../read-act/act-text.rules.js';
import type { Span } from '../norms/norm.rules.js';

const OUTSIDE_RU = /^[^.;]{0,60}?(?:кодекс|закон|конституци|конвенци|договор|соглашени|указ|постановлени|приказ)/;
const OUTSIDE_EN =
  /^\s*(?:\([^)]*\)\s*)?(?:of|in|under)\s+(?:the\s+)?(?!(?:this|present)\b)[^.;]{0,60}?(?:act|code|law|constitution|convention|treaty|regulation|directive|agreement|statute)/;
const OUTSIDE_KK =
  /(?:кодекс|заң|конституция|конвенция|шарт|келісім|қаулы|жарлық|бұйрық)[а-яәғқңөұүһі]*\s*(?:\([^)]*\)\s*)?$/;

const numbersOf = (list: string): number[] => {
  const numbers: number[] = [];
  for (const [, from, to] of list.matchAll(/(\d+)(?:-\d+(?!\d))?(?:\s*(?:[–—]|\bto\b|\bпо\b)\s*(\d+))?/g)) {
    numbers.push(Number(from));
    if (to !== undefined) numbers.push(Number(to));
  }
  return numbers;
};

/** References of the act to its own articles that do not exist, or that lead back to the article they stand in. */
export function brokenReferences(act: ActText): { readonly span: Span; readonly article: number }[] {
  const { plain, language, articles } = act;
  const known = new Set(articles.map(({ number }) => number));
  if (articles.length < 2) return [];
  const by = {
    ru: /(?<![а-я])стать(?:ей|ями|ях|ям|и|е|я|ю)\s+(\d+(?:(?:\s*,\s*|\s+и\s+|\s+или\s+|\s*[–—]\s*|\s+по\s+)\d+)*)/g,
    en: /\b(?:section|article|sections|articles)\s+(\d+(?:(?:\s*,\s*|\s+and\s+|\s+or\s+|\s*[–—]\s*|\s+to\s+)\d+)*)/g,
    kk: /(?<![\d-])(\d+(?:(?:\s*,\s*|\s+және\s+|\s*[–—]\s*)\d+)*)\s*-\s*ба[бп](?![а-яәғқңөұүһі]*\.)/g,
  }[language];
  const found: { span: Span; article: number }[] = [];
  for (const article of articles) {
    const text = plain.slice(article.start, article.end);
    for (const m of text.matchAll(by)) {
      const start = article.start + m.index;
      const span = { start, end: start + m[0].length };
      const [before, after] = [plain.slice(Math.max(0, start - 60), start), plain.slice(span.end, span.end + 90)];
      const own =
        language === 'kk'
          ? /осы\s+[^.;]{0,30}$/.test(before)
          : /^\s*(?:\([^)]*\)\s*)?(?:настоящ|of\s+this|of\s+the\s+present|hereof)/.test(after);
      const outside =
        !own &&
        (language === 'ru'
          ? OUTSIDE_RU.test(after)
          : language === 'en'
            ? OUTSIDE_EN.test(after)
            : OUTSIDE_KK.test(before));
      if (outside) continue;
      const numbers = numbersOf(m[1]!);
      const itself = numbers.length === 1 && numbers[0] === article.number;
      if (numbers.some((number) => !known.has(number)) || itself) found.push({ span, article: article.number });
    }
  }
  return found;
}
