import type { ActText } from '../read-act/act-text.rules.js';
import type { FactorSeverity } from '@aiqyn/contracts';
import type { Catalogue, Factor } from '../factors/catalogue.rules.js';
import { COMPETENCE } from '../factors/competence.rules.js';
import type { FactorRule } from '../factors/factor-rule.js';
import { type Norm, normsOf, overlap, type Span } from '../norms/norm.rules.js';
import { PROCEDURE } from '../factors/procedure.rules.js';
import { brokenReferences } from '../factors/references.rules.js';
import { SAFEGUARDS } from '../factors/safeguards.rules.js';
import { WORDING } from '../factors/wording.rules.js';

/** A place in a draft act that may hold a corruptogenic factor; an expert confirms or rejects it. */
export interface Candidate {
  readonly code: string;
  readonly article: number;
  /** In characters of the text in NFC, the end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly severity: FactorSeverity;
  readonly why: string;
}

const RULES: ReadonlyMap<string, FactorRule> = new Map(
  [...COMPETENCE, ...WORDING, ...PROCEDURE, ...SAFEGUARDS].map((rule) => [rule.code, rule]),
);

/** In one norm the more exact factor stands for those that it implies. */
const IMPLIES: Readonly<Record<string, readonly string[]>> = {
  'BURD-02': ['DISC-03', 'DISC-04', 'DISC-01', 'DISC-10', 'REFR-02'],
  'BURD-03': ['REFR-02', 'DISC-02', 'DISC-06', 'DISC-01'],
  'BURD-06': ['DISC-07', 'ACCS-02', 'PROC-02'],
  'PROC-07': ['REFR-02', 'DISC-01', 'DISC-11'],
  'PROC-03': ['BURD-02', 'REFR-02', 'DISC-04', 'DISC-01', 'PROC-02', 'DISC-06', 'DISC-05'],
  'PROC-05': ['DISC-01', 'REFR-02', 'DISC-04', 'INTR-03'],
  'DISC-07': ['DISC-03', 'REFR-01', 'DISC-01', 'DISC-04', 'DISC-05'],
  'INTR-01': ['DISC-05', 'DISC-04', 'DISC-01', 'INTR-03', 'REFR-02', 'DISC-11'],
  'INTR-03': ['DISC-04', 'DISC-01', 'DISC-05', 'DISC-06'],
  'INTR-04': ['BURD-03', 'INTR-03', 'REFR-02'],
  'INTR-02': ['DISC-11'],
  'DISC-05': ['DISC-01', 'DISC-04', 'CONF-03', 'DISC-03', 'INTR-03'],
  'DISC-04': ['DISC-01'],
  'DISC-09': ['DISC-10', 'DISC-03'],
  'DISC-11': ['DISC-10'],
  'CTRL-04': ['REFR-01', 'PROC-02'],
  'CTRL-06': ['PROC-07', 'PROC-02', 'REFR-02'],
  'CTRL-02': ['CTRL-06', 'CTRL-01', 'DISC-04'],
  'CTRL-03': ['CTRL-04', 'DISC-05'],
  'CONF-03': ['REFR-01'],
  'LING-04': ['DISC-04', 'PROC-02'],
  'ACCS-02': ['ACCS-01', 'DISC-07'],
  'DISC-08': ['REFR-02', 'BURD-03', 'INTR-04'],
  'DISC-01': ['DISC-03'],
  'REFR-05': ['REFR-02', 'DISC-05'],
};
/** What any other factor of the norm says more exactly. */
const GENERAL = new Set(['DISC-02', 'LING-01']);

interface Hit extends Span {
  readonly code: string;
}

function hitsOf(norm: Norm, cueHits: readonly Hit[]): Hit[] {
  const hits: Hit[] = [];
  const add = (code: string, span: Span): void => {
    const rule = RULES.get(code);
    if (rule && norm.defines && !rule.alsoInDefinitions) return;
    if (span.end <= span.start || (rule?.keep && !rule.keep(norm, span))) return;
    const same = hits.findIndex((hit) => hit.code === code && overlap(hit, span));
    if (same < 0) hits.push({ code, start: span.start, end: span.end });
    else
      hits[same] = { code, start: Math.min(hits[same]!.start, span.start), end: Math.max(hits[same]!.end, span.end) };
  };
  for (const [code, { find }] of RULES) {
    for (const span of find?.(norm) ?? []) if (span) add(code, span);
  }
  for (const hit of cueHits) add(hit.code, hit);
  // A norm for cases that it lists itself leaves nothing to choose.
  const listed = norm.all('exception').some((span) => norm.closedBehind(span));
  return listed ? hits.filter(({ code }) => !/^(?:DISC|PROC|INTR-01)/.test(code)) : hits;
}

function weighed(all: readonly Hit[], norm: Span): Hit[] {
  // That a whole norm names no term counts only where nothing else is wrong with it.
  const whole = ({ code, start, end }: Hit): boolean => code === 'PROC-02' && start === norm.start && end === norm.end;
  const hits = all.length > 1 ? all.filter((hit) => !whole(hit)) : all;
  const codes = new Set(hits.map(({ code }) => code));
  const implied = new Set([...codes].flatMap((code) => IMPLIES[code] ?? []));
  const exact = hits.filter(({ code }) => !implied.has(code));
  const special = exact.some(({ code }) => !GENERAL.has(code) && code !== 'REFR-01' && code !== 'LING-04');
  return exact.filter(({ code }) => !(special && GENERAL.has(code)) && !(code === 'LING-01' && codes.has('DISC-02')));
}

/** Every cue of the catalogue, in the norm that it stands in. */
function cueHits(act: ActText, catalogue: Catalogue, norms: readonly Norm[]): Map<Norm, Hit[]> {
  const by = new Map<Norm, Hit[]>();
  const source = act.text
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/ё/g, 'е')
    .replace(/Ё/g, 'Е');
  for (const factor of catalogue.factors.values()) {
    const cues = factor.cues[act.language];
    if (!cues) continue;
    const suppress = factor.suppress[act.language];
    let at = 0;
    for (const m of source.matchAll(cues)) {
      const [start, end] = [m.index, m.index + m[0].length];
      while (at < norms.length - 1 && norms[at + 1]!.unit.start <= start) at += 1;
      const norm = norms[at];
      if (!norm || start < norm.unit.start || end > norm.unit.end + 1) continue;
      if (suppress) {
        suppress.lastIndex = 0;
        if (suppress.test(source.slice(norm.unit.start, norm.unit.end))) continue;
      }
      const list = by.get(norm) ?? [];
      list.push({ code: factor.code, start, end: Math.min(end, norm.unit.end) });
      by.set(norm, list);
    }
  }
  return by;
}

/** Offsets in characters, where a text holds characters of two UTF-16 units. */
function characters(text: string): (offset: number) => number {
  if (!/[\ud800-\udfff]/.test(text)) return (offset) => offset;
  const pairs: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    if ((text.codePointAt(i) ?? 0) > 0xffff) pairs.push(i++);
  }
  return (offset) => offset - pairs.filter((at) => at < offset).length;
}

/**
 * The candidates of a draft act by a catalogue: what cues point at and what the structure of norms shows (subject,
 * power, condition, term), without what a norm itself closes, measures, forbids or gives to a person. The same text
 * and catalogue always give the same.
 */
export function screen(act: ActText, catalogue: Catalogue): Candidate[] {
  const norms = normsOf(act);
  const cues = cueHits(act, catalogue, norms);
  const inChars = characters(act.text);
  const candidate = (factor: Factor, article: number, { start, end }: Span, marks: string): Candidate => ({
    ...{ code: factor.code, article, start: inChars(start), end: inChars(end), quote: act.text.slice(start, end) },
    ...{ severity: factor.severity, why: `${factor.name[act.language]}: ${marks}` },
  });
  const found = norms.flatMap((norm) =>
    weighed(hitsOf(norm, cues.get(norm) ?? []), norm.span).flatMap((hit) => {
      const factor = catalogue.factors.get(hit.code);
      if (!factor) return [];
      return [
        candidate(factor, norm.unit.article, hit, `«${act.text.slice(hit.start, Math.min(hit.end, hit.start + 80))}»`),
      ];
    }),
  );
  const broken = catalogue.factors.get('REFR-04');
  const references = broken
    ? brokenReferences(act).map(({ span, article }) =>
        candidate(broken, article, span, `«${act.text.slice(span.start, span.end)}»`),
      )
    : [];
  return [...found, ...references].sort((a, b) => a.start - b.start || a.end - b.end || (a.code < b.code ? -1 : 1));
}
