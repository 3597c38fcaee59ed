import type { SameSet } from '../compare-editions/rank.rules.js';
import type { Change } from '../compare-editions/score.rules.js';
import type { IndexDescription } from '../index-values/index-policy.rules.js';
import type { Finding, SpanEnd, Standing } from './claim.rules.js';

export type Words = Readonly<Record<string, string>>;

/** A sentence of the pack with its places filled; throws for a sentence or a value that is missing. */
export function filled(words: Words, key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const sentence = words[key];
  if (sentence === undefined) throw new Error(`text ${key} is missing`);
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (values[name] === undefined) throw new Error(`text ${key} needs ${name}`);
    return String(values[name]);
  });
}

/** A finding in words, sentence by sentence: the finding, what stood when, whether the score moved, the same countries, today. */
export function findingText(
  { code, reasons, from, to, span, beforeTo, afterFrom, newest }: Finding,
  told: { readonly change?: Change | undefined; readonly sameSet?: SameSet | undefined },
  { measures }: Pick<IndexDescription, 'measures'>,
  words: Words,
): string {
  const number = (value: number): string => String(value).replace('.', words['decimal']!);
  const stood = (one: Standing): string => {
    const parts = [
      ...(one.score === undefined ? [] : [filled(words, 'standing.score', { score: number(one.score) })]),
      ...(one.rank === undefined
        ? []
        : [filled(words, 'standing.place', { rank: one.rank, of: one.countries ?? '?' })]),
    ];
    return filled(words, 'standing', { year: one.year, stood: parts.join(', ') });
  };
  const end = (one: SpanEnd | undefined): string[] =>
    !one ? [] : ['none' in one ? filled(words, `none.${one.none}`, { year: one.year }) : stood(one)];
  const { change, sameSet } = told;
  const stands = [...(from ? [stood(from)] : []), ...(to ? [stood(to)] : [])];
  return [
    filled(words, `code.${code}`),
    ...reasons.map((reason) => filled(words, `reason.${reason}`, span === undefined ? {} : { span })),
    ...stands,
    ...end(beforeTo),
    ...end(afterFrom),
    ...(change
      ? [
          filled(words, `change.${change.verdict}`, {
            ...{ difference: number(change.difference), at: change.significantAt ?? '' },
            ...{ z: change.z === undefined ? '' : number(change.z) },
          }),
        ]
      : []),
    ...(sameSet ? [filled(words, 'same-set', { ...sameSet })] : []),
    ...(newest && newest.year !== to?.year ? [filled(words, 'newest', { stood: stood(newest) })] : []),
    filled(words, `measures.${measures}`),
  ].join(' ');
}
