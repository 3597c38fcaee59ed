import type { FactorRule } from './factor-rule.js';
import type { Norm, Span } from '../norms/norm.rules.js';

const said = (norm: Norm, span: Span): string => norm.marks.act.plain.slice(span.start, span.end);
const definedWord = (norm: Norm, span: Span): boolean =>
  [...norm.marks.act.defined.keys()].some(
    (term) => term.includes(said(norm, span)) || norm.marks.act.plain.slice(span.start, span.end + 40).startsWith(term),
  );
/** Words that look like a judgement and are a form of another. */
const NO_JUDGEMENT =
  /^(?:propert|due (?:to|date|on|and payable)|fees due|dues|обоснованн\S* (?:отказ|решени|заключени|ответ|расчет)|надлежаще заверенн|дәлелді (?:жауап|шешім|қорытынды|бас)|материал|materials?$|suitabl[ey] qualified|important dates|минимальн|sufficiently)/;

/** Beginnings that are a judgement in some words only, those of the language's own list. */
const AMBIGUOUS = /^(?:proper|due|material|suitab|тиісті|негізделген|достаточн|обоснованн|своевременн)/;

/** Who sets a rule that is not in the act. */
function ruleSetter(norm: Norm): Span | undefined {
  const { language } = norm.marks.act;
  const object = norm.pair('ruleObject', 'setRule', language === 'kk' ? 60 : 50);
  if (!object) return undefined;
  if (language === 'kk') return norm.has('authority') ? object : undefined;
  const agent =
    norm.follows('setRule', 'byAuthority', 45) ??
    (language === 'ru' ? norm.follows('setRule', 'authoritySubject', 12) : undefined);
  if (agent) return { start: Math.min(object.start, agent.start), end: Math.max(object.end, agent.end) };
  const verb = norm
    .all('setRule')
    .find((mark) => norm.subjectBefore(mark.start) === 'authority' && norm.near(mark, 'authoritySubject', 30, 0));
  if (!verb) return undefined;
  const direct = norm.all('ruleObject').find(({ start }) => start >= verb.end && start - verb.end <= 30);
  if (
    !direct ||
    /(?:если|при |когда|согласно|в соответствии| if | where | when | under | according)/.test(
      norm.marks.act.plain.slice(verb.end, direct.start),
    )
  )
    return undefined;
  return { start: verb.start, end: direct.end };
}

/** A question that the act leaves to a body: "how ... is for the Service to settle", "by its own order". */
function leftOpen(norm: Norm): Span | undefined {
  if (!norm.has('authority') && !norm.has('byAuthority')) return undefined;
  const asked = norm.first('askedHow');
  const order = norm.first('ownOrder');
  if (asked && (order || norm.has('settles'))) return norm.span;
  return order && (norm.has('ruleObject') || norm.has('setRule')) ? norm.span : undefined;
}

/** Language, references and delegated rules. */
export const WORDING: readonly FactorRule[] = [
  {
    code: 'LING-01',
    find: (norm) => norm.all('vague'),
    keep: (norm, span) =>
      !norm.has('measure') &&
      !norm.closedBehind(span) &&
      !norm.inBrackets(span) &&
      !NO_JUDGEMENT.test(said(norm, span)) &&
      !NO_JUDGEMENT.test(norm.marks.act.plain.slice(span.start, span.end + 14)) &&
      !definedWord(norm, span) &&
      !norm.overlaps(span, 'vagueBody') &&
      !norm.overlaps(span, 'otherBodies') &&
      (norm.overlaps(span, 'vague') || !AMBIGUOUS.test(said(norm, span))),
  },
  { code: 'LING-04', find: (norm) => norm.all('hedge') },
  {
    code: 'REFR-01',
    find: (norm) => norm.all('blanket'),
    keep: (norm, span) =>
      !norm.near(span, 'namedAct', norm.marks.act.language === 'kk' ? 70 : 25, 70) &&
      !norm.overlaps(span, 'thisAct') &&
      !/^\s*(?:об? [а-я]|on [a-z])/.test(norm.after(span, 6)),
  },
  {
    code: 'REFR-02',
    find: (norm) => [ruleSetter(norm), leftOpen(norm)],
    keep: (norm) =>
      !norm.has('thisAct') &&
      !norm.has('rulesMaker') &&
      (ruleSetter(norm) ?? leftOpen(norm)) !== undefined &&
      !norm.forbids &&
      norm.subject !== 'person',
  },
  {
    code: 'REFR-05',
    find: (norm) => norm.all('undated'),
    keep: (norm) => !norm.has('countable'),
  },
  {
    code: 'CONF-03',
    alsoInDefinitions: true,
    find: (norm) => norm.all('unlessOtherwise'),
    keep: (norm, span) =>
      !norm.near(span, 'namedAct', norm.marks.act.language === 'kk' ? 60 : 0, 60) &&
      !norm.near(span, 'thisAct', norm.marks.act.language === 'kk' ? 60 : 0, 60) &&
      !norm.overlaps(span, 'namedAct'),
  },
  {
    code: 'RULE-04',
    alsoInDefinitions: true,
    find: (norm) => norm.all('retroactive'),
    keep: (norm, span) =>
      !norm.forbids &&
      (!/подписани|signature|signing|қол қой|приняти|adoption/.test(said(norm, span)) ||
        /вступ|ввод|введ|действ|примен|force|effect|appl|cover|extend|күш|қолдан/.test(norm.text)) &&
      !/не распростран|не применя|not apply|no retroactive|таралмайды|қолданылмайды/.test(norm.text),
  },
  { code: 'BURD-01', find: (norm) => norm.all('threshold'), keep: (norm) => !ofAuthorityOnly(norm) },
];

/** What an authority asks of its own staff burdens nobody else. */
const ofAuthorityOnly = (norm: Norm): boolean =>
  norm.subject === 'authority' && !norm.has('person') && !norm.has('application');
