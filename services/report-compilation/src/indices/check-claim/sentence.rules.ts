import { RuleError } from '@aiqyn/contracts';
import type { Claim } from './claim.rules.js';

const ENGLISH = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const RUSSIAN = 'один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать'.split(' ');
const KAZAKH = ['бір', 'екі', 'үш', 'төрт', 'бес', 'алты', 'жеті', 'сегіз', 'тоғыз', 'он', 'он бір', 'он екі'];

/** A number of years in digits or words, as one group; the longest words first, so that "он бір" is not read as "он". */
const COUNT = `(\\d{1,2}|${[ENGLISH, RUSSIAN, KAZAKH]
  .flat()
  .sort((a, b) => b.length - a.length)
  .join('|')})`;
const WORD_END = '(?![\\p{L}\\p{N}])';
const SPANS = [
  new RegExp(`(?<![\\p{L}\\p{N}])${COUNT}[\\s-]+(?:years?|лет|года|год)${WORD_END}`, 'u'),
  new RegExp(`(?<![\\p{L}\\p{N}])${COUNT}[\\s-]+жыл(?!ы|ғы|дан|ға)\\p{L}*`, 'u'),
];
/** A place: 133rd, 133-е, 133-го, 133-орын, 133-орыннан; or "place 133", "место 133". */
const PLACE =
  /(?<![\p{L}\p{N}.,-])(?:(\d{1,3})(?:st|nd|rd|th)(?![\p{L}\p{N}])|(\d{1,3})\s?-\s?(?:е|го|й|м|ое|му|ом|ого|ому|ый|ое|орын\p{L}*)(?![\p{L}\p{N}])|(?:place|место)\s(\d{1,3})(?![\p{L}\p{N}]))/gu;
const OF =
  /(?:\bof|\bamong|(?<!\p{L})из|(?<!\p{L})среди)\s+(?:the\s+)?(\d{2,3})(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])(\d{2,3})\s(?:елдің|ел)\s(?:ішінде|арасында)/u;
const YEAR = /(?<![\p{L}\p{N}])(?:19|20)\d\d(?![\p{N}])/gu;

function counted(word: string): number {
  if (/^\d+$/.test(word)) return Number(word);
  return 1 + Math.max(...[ENGLISH, RUSSIAN, KAZAKH].map((words) => words.indexOf(word)));
}

/**
 * Reads places, a span, years and the number of countries out of a sentence in English, Russian or Kazakh; the first place is
 * the earlier one, and "rose" or "fell" is not read. Throws RuleError `claim_not_read` when it names no place, or more than two.
 */
export function claimOf(sentence: string): Claim {
  const text = sentence.normalize('NFC').toLowerCase();
  const places = [...text.matchAll(PLACE)].map(([, one, other, third]) => Number(one ?? other ?? third));
  const [first, second] = places;
  if (first === undefined || places.length > 2) {
    throw new RuleError('claim_not_read', 'name one place or two (133rd, 133-е, 133-орын), or use the fields', {
      field: 'sentence',
    });
  }
  const span = SPANS.map((form) => form.exec(text)?.[1]).find((found) => found !== undefined);
  const of = OF.exec(text);
  const years = [...text.matchAll(YEAR)].map(([year]) => Number(year)).sort((a, b) => a - b);
  const [fromYear, toYear] = second === undefined ? [undefined, years[0]] : years.length === 2 ? years : [];
  const numbers = { from: second === undefined ? undefined : first, fromYear, toYear };
  return {
    ...{ measure: 'rank' as const, to: second ?? first },
    ...Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined)),
    ...(span === undefined || second === undefined ? {} : { span: counted(span) }),
    ...(of ? { of: Number(of[1] ?? of[2]) } : {}),
  };
}
