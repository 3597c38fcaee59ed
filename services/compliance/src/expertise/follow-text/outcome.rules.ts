import type { FindingOutcome } from '@aiqyn/contracts';
import type { Finding, Place, Settled } from '../draft-acts/findings.rules.js';
import type { ActText, Unit } from '../read-act/act-text.rules.js';

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();
const wordsOf = (text: string): Set<string> => new Set(text.match(/[\p{L}\p{N}]+/gu) ?? []);

/** The share of words that two texts have in common, 0 to 1. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((word) => b.has(word)).length;
  return common / Math.max(1, a.size + b.size - common);
}

/** From which likeness a sentence of the new text is taken for that of the old. Our choice; a spec shows what it separates. */
export const SAME_NORM = 0.4;

/** A later text with the words of each of its sentences, told apart once for all findings. */
export interface LaterText {
  readonly act: ActText;
  readonly sentences: readonly { readonly unit: Unit; readonly words: ReadonlySet<string> }[];
}
export const laterText = (act: ActText): LaterText => ({
  act,
  sentences: act.units.map((unit) => ({ unit, words: wordsOf(act.plain.slice(unit.start, unit.end)) })),
});

/** The sentence of the new text that is likest to the one in which the finding stands; in its article first. */
function sameNorm(finding: Finding, before: ActText, after: LaterText): Unit | undefined {
  const home = before.units.find(({ start, end }) => start <= finding.start && finding.start < end);
  const words = wordsOf(home ? before.plain.slice(home.start, home.end) : finding.quote.toLowerCase());
  let best: { unit: Unit; like: number } | undefined;
  for (const { unit, words: other } of after.sentences) {
    const like = likeness(words, other) + (unit.article === finding.article ? 0.05 : 0);
    if (like >= SAME_NORM && (!best || like > best.like)) best = { unit, like };
  }
  return best?.unit;
}

/** Where the words of the finding stand in the new text, the nearest to where they stood. */
function sameWords(finding: Finding, after: ActText): Place | undefined {
  const pattern = squeezed(finding.quote)
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(' ', '\\s+');
  const places = [...after.text.matchAll(new RegExp(pattern, 'g'))].map(({ index, 0: quote }) => {
    const article = after.articles.find(({ start, end }) => start <= index && index < end)?.number ?? finding.article;
    return { article, start: index, end: index + quote.length, quote };
  });
  return (
    places.find(({ article }) => article === finding.article) ??
    places.sort((a, b) => Math.abs(a.start - finding.start) - Math.abs(b.start - finding.start))[0]
  );
}

/**
 * What a later text did to a finding: REMOVED when neither its words nor, in the same norm, its factor stand there any more;
 * CHANGED when the norm was rewritten and the factor is still found in it; KEPT when the words stand and the authority gave its
 * reason against the finding; IGNORED when they stand though it agreed or said nothing. A finding that an expert added and no
 * rule sees counts as changed while its norm stands rewritten: an expert has to look.
 */
export function outcomeOf(
  finding: Finding,
  before: ActText,
  after: LaterText,
  candidates: readonly (Place & { readonly code: string })[],
  textVersion: number,
): Settled {
  const stands = sameWords(finding, after.act);
  if (stands) {
    const outcome: FindingOutcome = finding.answer?.answer === 'rejected' ? 'kept' : 'ignored';
    return { textVersion, outcome, ...stands };
  }
  const norm = sameNorm(finding, before, after);
  if (!norm) return { textVersion, outcome: 'removed' };
  const still = candidates.find(
    ({ code, start, end }) => code === finding.code && start < norm.end && norm.start < end,
  );
  if (still) {
    const { article, start, end, quote } = still;
    return { textVersion, outcome: 'changed', article, start, end, quote };
  }
  if (finding.origin === 'screening') return { textVersion, outcome: 'removed' };
  const { article, start, end } = norm;
  return { textVersion, outcome: 'changed', article, start, end, quote: after.act.text.slice(start, end) };
}
