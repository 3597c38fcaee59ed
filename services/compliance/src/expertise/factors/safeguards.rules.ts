import type { FactorRule } from './factor-rule.js';
import type { Norm, Span } from '../norms/norm.rules.js';

/** In Kazakh: of whose act it is complained, and whose head decides. */
const OWN_HEAD =
  /(\S{2,})(?:ның|нің|тың|тің|дың|дің)\s[^.;]*(?:әрекет|шешім)[^.;]*\1(?:ның|нің|тың|тің|дың|дің)\s+(?:басшы|төраға|директор|меңгеруші|бастығ)/;

/** A complaint goes to the body that it is about. */
function toItself(norm: Norm): Span | undefined {
  const complaint = norm.first('complain');
  if (!complaint || !norm.has('examine')) return undefined;
  if (norm.has('sameBody') || OWN_HEAD.test(norm.text)) return norm.span;
  if (norm.has('higherBody')) return undefined;
  const stems = norm
    .all('authority')
    .map(({ start, end }) => norm.marks.act.plain.slice(start, end).split(/\s+/).at(-1)!.slice(0, 6));
  const against =
    /(?:на (?:действи|решени|отказ|бездействи)|against|about|(?:decision|order|act|ruling)s? of|to an? (?:decision|order|act)|үстінен|(?:шешім|әрекет|іс-әрекет)\S*\s+(?:шағым|наразы|арыз))/.test(
      norm.text,
    );
  const twice = stems.some((stem, i) => stems.indexOf(stem) !== i);
  const byHim = norm.subject === 'authority' && stems.length > 0 && norm.marks.act.language !== 'kk';
  return against && (twice || (byHim && stems.includes(firstStem(norm)))) ? norm.span : undefined;
}
const firstStem = (norm: Norm): string => {
  const first = norm.first('authoritySubject');
  return first ? norm.marks.act.plain.slice(first.start, first.end).split(/\s+/).at(-1)!.slice(0, 6) : '';
};

/** What a court decided may be final. */
const OF_COURT =
  /решени\S* суда|судебн\S* (?:решени|акт)|court(?:’s|'s)? (?:decision|ruling|judgment)|(?:decision|ruling|judgment) of (?:the|a) court|соттың шешім|сот шешім/;

/** The norm of which article, or of which code, sets the liability. */
const NAMED_LIABILITY = /кодекс|code|стать(?:ей|и|е|ями)\s+\d|(?:section|article)s?\s+\d|\d+-?\s*ба[бп]|«[^»]{3,}»/;

/** Transparency, control, conflicts and interests. */
export const SAFEGUARDS: readonly FactorRule[] = [
  { code: 'ACCS-01', find: (norm) => norm.all('secret'), keep: (norm) => !norm.has('personalData') },
  {
    code: 'ACCS-02',
    find: (norm) => norm.all('noReasons'),
    keep: (norm, span) =>
      norm.subjectBefore(span.start) !== 'person' &&
      !/не допускается|запрещ|not permitted|prohibited|жол берілмейді|тыйым/.test(norm.text),
  },
  { code: 'CTRL-01', find: (norm) => norm.all('unchecked') },
  { code: 'CTRL-02', find: (norm) => norm.all('final'), keep: (norm) => !OF_COURT.test(norm.text) },
  {
    code: 'CTRL-03',
    find: (norm) => norm.all('notLiable'),
    keep: (norm, span) => norm.subjectBefore(span.start) !== 'person' || norm.has('authority'),
  },
  {
    code: 'CTRL-04',
    find: (norm) => norm.all('liable'),
    keep: (norm) => !NAMED_LIABILITY.test(norm.text) && !norm.has('notLiable'),
  },
  {
    code: 'CTRL-05',
    alsoInDefinitions: true,
    find: (norm) => (norm.has('commission') ? norm.all('interestedSeat') : []),
    keep: (norm) => norm.has('commission') && !norm.forbids,
  },
  {
    code: 'CTRL-06',
    alsoInDefinitions: true,
    find: (norm) => [toItself(norm)],
    keep: (norm) => !norm.forbids && norm.has('complain'),
  },
  {
    code: 'INTR-01',
    find: (norm) => [...norm.all('withoutContest'), ...norm.all('directDeal'), ...norm.all('notHeld')],
    keep: (norm) => !norm.forbids && !norm.has('closedCase'),
  },
  {
    code: 'INTR-02',
    alsoInDefinitions: true,
    find: (norm) => norm.all('oneFirm'),
    keep: (norm, span) => !norm.forbids && (norm.marks.act.language !== 'en' || norm.overlaps(span, 'oneFirm')),
  },
  {
    code: 'INTR-03',
    alsoInDefinitions: true,
    find: (norm) => (norm.power ? [norm.pair('giveSupport', 'support', 60)] : []),
    keep: (norm) => norm.power !== undefined && !norm.has('criteria') && !norm.has('closedCase') && !norm.forbids,
  },
  {
    code: 'INTR-04',
    find: (norm) => [
      norm.subject === 'person' && !norm.has('authority') ? undefined : norm.pair('accept', 'gift', 60),
      norm.first('keepMoney'),
    ],
    keep: (norm) => !norm.forbids,
  },
];
