import type { Language } from '../../report-model/report-model.rules.js';
import type { Unit } from '../documents/units.rules.js';

export interface AnchorMeasure {
  /** Characters of the text before and after a quote that are kept with it. */
  readonly contextCharacters: number;
  /** The share of the words of a quote that must still stand in their order for it to be found again. */
  readonly wordsKept: number;
}

/** Words of a unit that somebody quoted, in one language, with what stands around them. */
export interface Quote {
  readonly language: Language;
  readonly text: string;
  readonly prefix: string;
  readonly suffix: string;
  /** Where it stands, in code units. */
  readonly start: number;
}

/** How a comment came to stand where it stands. */
export type AnchorHow = 'as-made' | 'unit' | 'exact' | 'fuzzy' | 'context' | 'moved' | 'orphan';

/** Where a comment stands in one version. An orphan has the place at which it stood last. */
export interface Anchor {
  readonly documentVersion: number;
  readonly how: AnchorHow;
  readonly unitId: string;
  readonly number: string;
  readonly quote?: Quote;
}

const startsIn = (text: string, part: string): number[] => {
  const starts: number[] = [];
  for (let at = text.indexOf(part); at >= 0 && part !== ''; at = text.indexOf(part, at + 1)) starts.push(at);
  return starts;
};

function sameEnd(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a[a.length - 1 - n] === b[b.length - 1 - n]) n += 1;
  return n;
}

function sameBeginning(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n += 1;
  return n;
}

/** The quote as it stands at a place, with its context. */
function quoteAt(text: string, start: number, end: number, language: Language, context: number): Quote {
  return {
    ...{ language, text: text.slice(start, end), start },
    prefix: text.slice(Math.max(0, start - context), start),
    suffix: text.slice(end, end + context),
  };
}

/** The occurrence whose surroundings are most like those of the quote; of equal ones the nearest to where it was, then the first. */
function bestOccurrence(text: string, quote: Quote): { readonly start: number; readonly fits: number } | undefined {
  let best: { start: number; fits: number } | undefined;
  for (const start of startsIn(text, quote.text)) {
    const fits =
      sameEnd(quote.prefix, text.slice(0, start)) + sameBeginning(quote.suffix, text.slice(start + quote.text.length));
    const nearer = best && Math.abs(start - quote.start) < Math.abs(best.start - quote.start);
    if (!best || fits > best.fits || (fits === best.fits && nearer)) best = { start, fits };
  }
  return best;
}

interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}
const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((m) => ({
    word: m[0].toLowerCase(),
    start: m.index,
    end: m.index + m[0].length,
  }));

/**
 * The stretch of a text that is nearest to the quote, word by word (Sellers: the least number of words put in, left out or
 * replaced); undefined when more than the measure allows differ. Time: words of the quote times words of the text.
 */
function nearest(
  text: string,
  quote: string,
  wordsKept: number,
): { readonly start: number; readonly end: number } | undefined {
  const [pattern, words] = [wordsOf(quote), wordsOf(text)];
  if (pattern.length === 0 || words.length === 0) return undefined;
  // cost[i]: of the first i words of the quote against a stretch that ends here; from[i]: where that stretch begins.
  let cost = Array.from({ length: pattern.length + 1 }, (_, i) => i);
  let from = new Array<number>(pattern.length + 1).fill(0);
  let best = { cost: pattern.length + 1, from: 0, to: 0 };
  for (const [j, { word }] of words.entries()) {
    const [nextCost, nextFrom] = [[0], [j + 1]];
    for (let i = 1; i <= pattern.length; i += 1) {
      const replaced = cost[i - 1]! + (pattern[i - 1]!.word === word ? 0 : 1);
      const [putIn, leftOut] = [cost[i]! + 1, nextCost[i - 1]! + 1];
      if (replaced <= putIn && replaced <= leftOut) {
        nextCost.push(replaced);
        nextFrom.push(i === 1 ? j : from[i - 1]!);
      } else if (putIn <= leftOut) {
        nextCost.push(putIn);
        nextFrom.push(from[i]!);
      } else {
        nextCost.push(leftOut);
        nextFrom.push(nextFrom[i - 1]!);
      }
    }
    [cost, from] = [nextCost, nextFrom];
    const at = cost[pattern.length]!;
    if (at < best.cost) best = { cost: at, from: from[pattern.length]!, to: j };
  }
  const allowed = Math.floor(pattern.length * (1 - wordsKept));
  if (best.cost > allowed || best.from > best.to) return undefined;
  return { start: words[best.from]!.start, end: words[best.to]!.end };
}

/** The stretch between what stood before and what stood after the quote, when both are still there and not far from one another. */
function between(text: string, quote: Quote): { readonly start: number; readonly end: number } | undefined {
  if (quote.prefix.trim() === '' || quote.suffix.trim() === '') return undefined;
  for (const at of startsIn(text, quote.prefix)) {
    const start = at + quote.prefix.length;
    const end = text.indexOf(quote.suffix, start);
    if (end >= start && end - start <= 3 * quote.text.length + 200) return { start, end };
  }
  return undefined;
}

/** Where a quote stands in the unit that it was made on; undefined when it does not stand in it. */
export function quoteIn(
  unit: Unit,
  told: { readonly language: Language; readonly text: string; readonly prefix?: string; readonly suffix?: string },
  { contextCharacters }: AnchorMeasure,
): Quote | undefined {
  const text = unit.text[told.language];
  const wanted = {
    language: told.language,
    text: told.text,
    prefix: told.prefix ?? '',
    suffix: told.suffix ?? '',
    start: 0,
  };
  const found = bestOccurrence(text, wanted);
  return found && quoteAt(text, found.start, found.start + told.text.length, told.language, contextCharacters);
}

/**
 * Where a comment stands in a later version: in the same unit with the same words, or with words much like them; else in the unit that
 * has exactly these words; else between what stood around them; else by the words that it was made on; else it is an orphan with its
 * last place. It is never lost: each comment has exactly one anchor in each version.
 */
export function reanchored(
  anchors: readonly Anchor[],
  documentVersion: number,
  units: readonly Unit[],
  measure: AnchorMeasure,
): Anchor {
  const last = anchors.at(-1)!;
  const found = foundAgain(last, documentVersion, units, measure);
  // Words that were edited away may come back.
  const first = found ? undefined : foundAgain(anchors[0]!, documentVersion, units, measure);
  return found ?? first ?? { ...last, documentVersion, how: 'orphan' };
}

function foundAgain(
  last: Anchor,
  documentVersion: number,
  units: readonly Unit[],
  measure: AnchorMeasure,
): Anchor | undefined {
  const { quote } = last;
  const own = units.find(({ unitId }) => unitId === last.unitId);
  const at = (unit: Unit, how: AnchorHow, placed?: Quote): Anchor => ({
    ...{ documentVersion, how, unitId: unit.unitId, number: unit.number },
    ...(placed ? { quote: placed } : {}),
  });
  if (!quote) return own && at(own, 'unit');
  const context = measure.contextCharacters;
  const placed = (unit: Unit, start: number, end: number): Quote =>
    quoteAt(unit.text[quote.language], start, end, quote.language, context);
  if (own) {
    const text = own.text[quote.language];
    const exact = bestOccurrence(text, quote);
    if (exact) return at(own, 'exact', placed(own, exact.start, exact.start + quote.text.length));
    const like = nearest(text, quote.text, measure.wordsKept);
    if (like) return at(own, 'fuzzy', placed(own, like.start, like.end));
  }
  let best: { unit: Unit; start: number; fits: number } | undefined;
  for (const unit of units) {
    const found = unit === own ? undefined : bestOccurrence(unit.text[quote.language], quote);
    if (found && (!best || found.fits > best.fits)) best = { unit, ...found };
  }
  if (best) return at(best.unit, 'moved', placed(best.unit, best.start, best.start + quote.text.length));
  // Last of all, as what stands there now are no longer the words that were commented on.
  const gap = own && between(own.text[quote.language], quote);
  return own && gap && at(own, 'context', placed(own, gap.start, gap.end));
}
