import type { FactorRule } from './factor-rule.js';
import type { Norm, Span } from '../norms/norm.rules.js';
import { rangesIn } from '../read-act/numbers.rules.js';
import type { Concept } from '../norms/words.js';

/** A norm about what a person does, with no word of what an authority may. */
export const ofPerson = (norm: Norm): boolean => norm.subject === 'person' && norm.power === undefined;
const conditionsNamed = (norm: Norm, span: Span): boolean =>
  norm.has('closedCase') ||
  norm.closedBehind(span) ||
  /^\s*:/.test(norm.marks.act.plain.slice(norm.unit.end, norm.unit.end + 2));

/** A power that begins when its holder thinks so: "if it considers", "если сочтет", "деп тапса". */
const ifDeemed = (norm: Norm): boolean =>
  norm.has('deem') &&
  /(?:^|[\s,])(?:if|where|when|whenever|если|когда|коли)\s|[а-яәғқңөұүһі]+(?:са|се)(?:[\s,]|$)/.test(norm.text);
/** It is refused, not suspended. */
const refuses = (norm: Norm): boolean =>
  /отказ|отклон|refus|reject|den(?:y|ies|ied)|бас тарт|қабылдамай|берілмейді/.test(norm.text);

/** Some of many, whom somebody picks. */
const CHOSEN = /кейбір|жекелеген|отдельн|некотор|certain|individual/;
/** Days of a year are no range of a sum or term. */
const MONTH =
  /январ|феврал|март[аеу]|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр|қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан|january|february|april|june|july|august|september|october|november|december/;

/** From how many times the lower end a range needs criteria (catalogue, DISC-06). */
const WIDE = 3;
const UP_TO: Record<string, RegExp> = {
  ru: /(?:на срок|в размере|в пределах|сроком|размером) до \S+/,
  kk: /\S+(?: \S+){0,2} дейін(?:гі)? (?:мерзім|мөлшер|көлем)\S*/,
  en: /(?:of|for|by) up to \S+/,
};

const KINDS: readonly (readonly Concept[])[] = [['setRule'], ['permit'], ['inspect'], ['punish'], ['paidService']];

/** Discretion and competence. */
export const COMPETENCE: readonly FactorRule[] = [
  {
    code: 'DISC-01',
    find: (norm) => [
      norm.first('discretion'),
      norm.has('otherDocument') || ifDeemed(norm) ? undefined : norm.first('deem'),
    ],
    keep: (norm, span) =>
      !norm.forbids &&
      (norm.subjectBefore(span.start) !== 'person' || norm.power !== undefined) &&
      !norm.closedBehind(span) &&
      !norm.has('criteria'),
  },
  {
    code: 'DISC-02',
    find: (norm) => (norm.power && !(norm.has('extend') && norm.has('term')) ? [norm.span] : []),
    keep: (norm) =>
      norm.power !== undefined &&
      !norm.has('closedCase') &&
      !(norm.has('extend') && norm.has('term')) &&
      !(norm.has('limit') && norm.has('countable')),
  },
  {
    code: 'DISC-03',
    find: (norm) => [
      norm.pair('openList', 'otherItem', 0) ?? (norm.has('openList') ? norm.first('otherItem') : undefined),
      ...norm.all('openList').filter((span) => norm.overlaps(span, 'otherItem')),
      ...norm
        .all('openList')
        .filter(({ start, end }) =>
          /^(?:etc|и т|и др|и прочее|и так далее|и тому|и пр|inter alia|including|not|and so|and the like|among|is not|т|және т|тағы|осымен|включая|не огр|перечень|в том)/.test(
            norm.marks.act.plain.slice(start, end),
          ),
        ),
      norm.unit.lead !== undefined && norm.led('authority') ? norm.first('otherItem') : undefined,
      norm.unit.lead &&
      /^(?:\d+\)\s*)?(?:в )?(?:ин|друг|проч|other|any other|such other|өзге|басқа)\S*\s/.test(norm.text)
        ? norm.first('otherItem')
        : undefined,
    ],
    keep: (norm, span) =>
      !norm.forbids &&
      !norm.has('closedCase') &&
      !norm.near(span, 'namedAct', 0, 70) &&
      (norm.led('authority') || norm.unit.lead !== undefined || norm.power !== undefined) &&
      !(norm.subject === 'person' && norm.has('may')) &&
      (norm.overlaps(span, 'otherItem') ||
        norm.unit.lead !== undefined ||
        /(?:etc|т\. ?[дпб]|далее|подобн|limit|alia|огранич|шектел)/.test(
          norm.marks.act.plain.slice(span.start, span.end + 4),
        )),
  },
  {
    code: 'DISC-04',
    find: (norm) => [...norm.all('need'), ...(ifDeemed(norm) && !norm.has('otherDocument') ? norm.all('deem') : [])],
    keep: (norm, span) =>
      !norm.forbids &&
      !ofPerson(norm) &&
      !conditionsNamed(norm, span) &&
      !norm.has('measure') &&
      !norm.overlaps(span, 'hedge'),
  },
  {
    code: 'DISC-05',
    find: (norm) => [
      ...norm.all('exception'),
      norm.power && norm.has('exempt') ? (norm.pair('may', 'exempt', 60) ?? norm.first('exempt')) : undefined,
    ],
    keep: (norm, span) => {
      const said = norm.marks.act.plain.slice(span.start, span.end);
      if (norm.forbids || conditionsNamed(norm, span) || (ofPerson(norm) && !CHOSEN.test(said))) return false;
      if (/чрезвычайн\S* ситуаци/.test(said) || norm.has('notLiable') || norm.has('emergency')) return false;
      return !/^notwithstanding/.test(said) || norm.power !== undefined;
    },
  },
  {
    code: 'DISC-06',
    find: (norm) => {
      const ranges = rangesIn(norm.text, norm.marks.act.language)
        .filter(({ ratio }) => ratio >= WIDE)
        .map(({ start, end }) => ({ start: norm.unit.start + start, end: norm.unit.start + end }));
      const upTo = UP_TO[norm.marks.act.language]!.exec(norm.text);
      const single =
        norm.power !== undefined ||
        norm.has('punish') ||
        norm.has('giveSupport') ||
        norm.led('permit') ||
        norm.led('refuse');
      if (ranges.length > 0 || !upTo || !single || norm.subject === 'person') return ranges;
      return [{ start: norm.unit.start + upTo.index, end: norm.unit.start + upTo.index + upTo[0].length }];
    },
    keep: (norm, span) => {
      const text = norm.marks.act.plain.slice(Math.max(norm.unit.start, span.start - 12), span.end + 25);
      const next = norm.marks.act.plain.slice(norm.unit.end, norm.unit.end + 260).split(/[.;](?:\s|$)/)[1] ?? '';
      const criteria =
        norm.has('criteria') ||
        /критери|зависит|зависимости|формул|таблиц|criteri|formula|table|depend|scale|өлшемшарт|байланысты|формула|кесте/.test(
          next,
        );
      if (
        criteria ||
        norm.has('age') ||
        MONTH.test(text) ||
        norm.near(span, 'physical', 0, 12) ||
        norm.overlaps(span, 'physical') ||
        (norm.has('limit') && norm.has('extend'))
      )
        return false;
      const ranges = rangesIn(text, norm.marks.act.language);
      if (ranges.length > 0) return ranges.some(({ ratio }) => ratio >= WIDE);
      return UP_TO[norm.marks.act.language]!.test(text) && norm.subject !== 'person' && !norm.has('extend');
    },
  },
  {
    code: 'DISC-07',
    find: (norm) => {
      if (!norm.led('refuse')) return [];
      const open = [...norm.all('openList'), ...norm.all('otherItem')].find(
        (span) => norm.overlaps(span, 'ground') || norm.near(span, 'ground', 12, 25),
      );
      const led = norm.unit.lead !== undefined && norm.first('otherItem');
      const judged = norm.unit.lead || refuses(norm) ? norm.first('deem') : undefined;
      return [open, led || undefined, judged, norm.unit.lead ? norm.first('need') : undefined];
    },
    keep: (norm, span) =>
      !norm.forbids &&
      norm.led('refuse') &&
      !norm.has('closedCase') &&
      !norm.near(span, 'namedAct', 0, 40) &&
      !(norm.subject === 'person' && norm.subjectBefore(norm.unit.end) === 'person'),
  },
  {
    code: 'DISC-08',
    find: (norm) => {
      if (norm.subject !== 'authority') return [];
      const kinds = KINDS.map((kind) => kind.some((one) => norm.has(one)));
      const [rules, permits, inspects, punishes, paid] = kinds;
      const apart = kinds.filter(Boolean).length;
      return apart >= 3 ||
        (apart === 2 &&
          ((paid && (inspects || permits)) ||
            (inspects && punishes && !rules) ||
            (permits && inspects) ||
            (rules && punishes)))
        ? [norm.span]
        : [];
    },
  },
  { code: 'DISC-09', find: (norm) => norm.all('otherBodies') },
  {
    code: 'DISC-10',
    find: (norm) => norm.all('vagueBody'),
    keep: (norm, span) => {
      const said = norm.marks.act.plain.slice(span.start, span.end);
      if (norm.overlaps(span, 'otherBodies') || norm.near(span, 'namedAct', 0, 50)) return false;
      if (
        [...norm.marks.act.defined.keys()].some(
          (term) => said.includes(term) || term.includes(said.replace(/^(?:the|a|an|any) /, '')),
        )
      )
        return false;
      return !norm.all('authority').some((mark) => mark.end <= span.start || mark.start >= span.end);
    },
  },
  {
    code: 'DISC-11',
    find: (norm) => [
      norm.has('publicFunction') || /сторонн|частн|посторонн|outside|private|бөгде|үшінші|жеке/.test(norm.text)
        ? norm.pair('entrust', 'outsider', 80)
        : undefined,
    ],
    keep: (norm) =>
      !norm.forbids &&
      !norm.has('thisAct') &&
      !norm.has('contest') &&
      !norm.has('criteria') &&
      norm.subject !== 'person',
  },
];
