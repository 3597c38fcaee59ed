import { ofPerson } from './competence.rules.js';
import type { FactorRule } from './factor-rule.js';
import type { Norm, Span } from '../norms/norm.rules.js';

/** A term that can be counted stands in the norm or, for a decision, in its article. */
const undecided = (norm: Norm): boolean =>
  norm.subject === 'authority' &&
  !norm.power &&
  !norm.forbids &&
  norm.has('decideVerb') &&
  !norm.has('quorum') &&
  !norm.has('countable') &&
  !norm.termOfOthers &&
  !norm.inArticle('vagueTerm');

/** How a list leaves it to somebody to name papers; in Kazakh the words for other papers say it all. */
const NAMED_BY = { ru: /которы/, en: /(?:as|that|which) the|whatever/, kk: undefined };

/** Documents that the list leaves to an authority to name. */
function asked(norm: Norm): Span | undefined {
  const { language, plain } = norm.marks.act;
  if (!norm.led('submit') && !norm.led('application') && !norm.inArticle('submit')) return undefined;
  for (const paper of norm.all('document')) {
    const near = ({ start }: Span): boolean => start >= paper.end && start - paper.end <= 60;
    const [ask, who] = [norm.all('asks').find(near), norm.all('authoritySubject').find(near)];
    if (ask && who && NAMED_BY[language]?.test(plain.slice(paper.start, ask.end)))
      return { start: paper.start, end: Math.max(ask.end, who.end) };
  }
  return undefined;
}

/** Procedure and burdens. */
export const PROCEDURE: readonly FactorRule[] = [
  {
    code: 'PROC-02',
    find: (norm) => [...norm.all('vagueTerm'), undecided(norm) ? norm.span : undefined],
    keep: (norm, span) => {
      if (norm.has('countable') && norm.overlaps(span, 'vagueTerm')) return false;
      if (undecided(norm)) return true;
      // A person who is to act at once in an emergency is bound, not favoured.
      return (
        !ofPerson(norm) ||
        !(
          norm.has('emergency') ||
          norm.has('duty') ||
          /незамедлит|немедлен|дереу|immediate|forthwith|at once|promptly|шұғыл/.test(norm.text)
        )
      );
    },
  },
  {
    code: 'PROC-03',
    find: (norm) => [
      norm.has('term') || norm.has('passivePower') || norm.power
        ? (norm.all('extend').find((mark) => norm.overlaps(mark, 'term')) ??
          norm.pair('term', 'extend', 60) ??
          (norm.power && norm.first('extend') && norm.marks.act.language === 'en' && norm.has('term')
            ? norm.span
            : undefined))
        : undefined,
      norm.first('procedureHalt'),
    ],
    keep: (norm) =>
      !norm.forbids &&
      !norm.has('limit') &&
      norm.subject !== 'person' &&
      !norm.has('closedCase') &&
      !(norm.has('procedureHalt') && !norm.has('extend') && norm.has('countable')),
  },
  {
    code: 'PROC-05',
    find: (norm) => [
      norm.pair('assess', 'best', 80),
      norm.has('assess') || norm.led('assess') ? norm.first('best') : undefined,
    ],
    keep: (norm) => !norm.has('criteria') && !norm.forbids,
  },
  {
    code: 'PROC-06',
    find: (norm) => norm.all('inPerson'),
    keep: (norm) =>
      !norm.forbids && !norm.has('alternative') && !/не требуется|not required|талап етілмейді/.test(norm.text),
  },
  {
    code: 'PROC-07',
    find: (norm) => [
      norm.has('commission') && !/қабылда|принима/.test(norm.text) ? norm.pair('membership', 'setRule', 70) : undefined,
      norm.has('membership') && norm.has('authority') ? norm.pair('commission', 'formBody', 60) : undefined,
      norm.has('byAuthority') ? norm.pair('commission', 'formBody', 40) : undefined,
    ],
    keep: (norm) => !norm.has('quorum') && !norm.forbids && !norm.has('rulesMaker') && norm.has('commission'),
  },
  {
    code: 'BURD-02',
    find: (norm) => [...norm.all('otherDocument'), asked(norm)],
    keep: (norm, span) =>
      !norm.forbids &&
      !norm.has('closedCase') &&
      !norm.near(span, 'namedAct', 0, 50) &&
      !(norm.subject === 'person' && norm.has('may') && !norm.has('authoritySubject')) &&
      !(norm.has('limit') && norm.has('countable')),
  },
  {
    code: 'BURD-03',
    find: (norm) => {
      const pair = norm.pair('fee', 'setRule', 60) ?? norm.pair('fee', 'settles', 60);
      return pair &&
        (norm.has('byAuthority') ||
          norm.subject === 'authority' ||
          (norm.marks.act.language === 'kk' && norm.has('authority')))
        ? [pair]
        : [];
    },
    keep: (norm) =>
      !norm.has('feeSize') && !norm.has('rulesMaker') && !norm.forbids && !norm.has('thisAct') && norm.has('fee'),
  },
  {
    code: 'BURD-04',
    alsoInDefinitions: true,
    find: (norm) => (norm.has('submit') ? norm.all('repeatedProof') : []),
    keep: (norm, span) =>
      norm.overlaps(span, 'repeatedProof') &&
      (norm.led('submit') || norm.led('application')) &&
      !norm.forbids &&
      norm.subject !== 'authority',
  },
  {
    code: 'BURD-06',
    find: (norm) => norm.all('formalFlaw'),
    keep: (norm) => !norm.forbids && !norm.has('court'),
  },
];
