import { canonical, leafHash, rootOf } from '@aiqyn/contracts';
import type { Disclosed } from '../../consultation/summarise-responses/disclosure.rules.js';
import { inLanguage, type SummaryTexts, wordOf } from '../../consultation/summarise-responses/summary-page.rules.js';
import { OUTCOMES, type Outcome, type Summary } from '../../consultation/summarise-responses/summary.rules.js';
import type { Metric } from '../../numbers/define-metrics/metric-register.rules.js';
import { dayText } from '../../report-model/number-text.rules.js';
import type {
  Language,
  Localised,
  ReportModel,
  ReportNumber,
  ReportSection,
  TableBlock,
} from '../../report-model/report-model.rules.js';

/** What an edition tells of the consultation on its draft: no words of those who commented, they stand in the public summary. */
export interface Responses {
  readonly consultationId: string;
  readonly titles: Localised;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Each comment by its receipt, in their order; those of one letter have one `letter`. */
  readonly comments: readonly {
    readonly receiptNumber: string;
    readonly group: string;
    readonly outcome: Outcome;
    readonly letter?: string;
  }[];
  /** Comments of a unit that got the same answer. */
  readonly groups: readonly {
    readonly id: string;
    readonly unit: string;
    readonly outcome: Outcome;
    readonly says: Localised;
  }[];
  readonly byKind: Disclosed;
  readonly byRegion: Disclosed;
}

type Texts = Readonly<Record<Language, SummaryTexts>>;

const localised = (say: (lang: Language) => string): Localised => ({ kk: say('kk'), ru: say('ru'), en: say('en') });

/**
 * The responses of a closed consultation as an edition tells them. `letterOf`: the letter of which a comment is a copy. What people
 * wrote as a reason is quoted in a form that can be printed: `printable` puts a sign in place of what no font draws.
 */
export function responsesOf(
  summary: Summary,
  letterOf: ReadonlyMap<string, string>,
  texts: Texts,
  printable: (text: string) => string,
): Responses {
  const sizes = Map.groupBy(letterOf.values(), (letter) => letter);
  const told = summary.rows.flatMap(({ number, groups }) => groups.map((group) => ({ number, group })));
  const { consultationId, titles, firstDay, lastDay, who } = summary;
  return {
    ...{ consultationId, firstDay, lastDay, titles: localised((lang) => printable(titles[lang])) },
    comments: told
      .flatMap(({ group }, i) =>
        group.comments.map(({ receiptNumber }) => {
          const letter = letterOf.get(receiptNumber);
          const isCopy = letter !== undefined && sizes.get(letter)!.length > 1;
          return {
            ...{ receiptNumber, group: String(i + 1), outcome: group.outcome },
            ...(isCopy ? { letter } : {}),
          };
        }),
      )
      .sort((a, b) => (a.receiptNumber < b.receiptNumber ? -1 : 1)),
    groups: told.map(({ number, group: { outcome, reason, ground, moderationGround, changed } }, i) => ({
      ...{ id: String(i + 1), unit: printable(number), outcome },
      says: localised((lang) => {
        const word = (key: string): string => wordOf(texts[lang], key);
        const quoted = reason && inLanguage(reason, lang)?.text;
        return (
          [
            word(`outcome.${outcome}`),
            ...(moderationGround ? [word(`ground.${moderationGround}`)] : []),
            ...(quoted === undefined ? [] : [printable(quoted)]),
            ...(ground ? [`${word(`ground.${ground.kind}`)}: ${printable(ground.citation)}`] : []),
            ...(changed
              ? [`${word('report.changed')}: ${changed.units.map((u) => printable(u.number || u.unitId)).join(', ')}`]
              : []),
          ]
            // What was answered ends with its own full stop.
            .map((part) => part.replace(/\.$/, ''))
            .join('. ')
        );
      }),
    })),
    byKind: who.byKind,
    byRegion: who.byRegion,
  };
}

/** A sign in place of each character that is not drawn by every font, or that is not seen; braces never name a number of the report. */
export function printableIn(fonts: readonly ReadonlySet<number>[]): (text: string) => string {
  const drawn = (c: string): boolean => !/\p{Cf}/u.test(c) && fonts.every((font) => font.has(c.codePointAt(0)!));
  return (text) => {
    const printed = [...text.replaceAll(/\s+/g, ' ')].map((c) => (drawn(c) ? c : '?')).join('');
    return printed.replaceAll(/\{(?=\{)/g, '{ ').replaceAll(/\}(?=\})/g, '} ');
  };
}

/** Root over receipt, group, outcome and letter of each comment: what the package tells of them gives it again. */
export const responsesRoot = ({ comments }: Responses): string =>
  rootOf(comments.map((comment) => leafHash(Buffer.from(canonical(comment)))));

/** The numbers of the chapter; a count of kinds or regions that the summary withholds is withheld here too. */
export function responseNumbers(responses: Responses, metrics: readonly Metric[]): ReportNumber[] {
  const root = responsesRoot(responses);
  const number = (metricId: string, group: string | undefined, value: number | null): ReportNumber[] => {
    const metric = metrics.find(({ id }) => id === metricId);
    // An edition that was sealed under a register without these metrics tells nothing of them.
    if (!metric) return [];
    return [
      {
        ...{
          id: group === undefined ? metricId : `${metricId}.${group}`,
          unit: metric.unit,
          decimals: metric.decimals,
        },
        ...{ value, status: value === null ? 'S' : 'A', metric: metricId, metricVersion: metric.version },
        ...(value === null ? { inputs: 0, inputRoot: '' } : { inputs: responses.comments.length, inputRoot: root }),
      },
    ];
  };
  const { comments, groups, byKind, byRegion } = responses;
  const letters = comments.flatMap(({ letter }) => letter ?? []);
  const table = (metric: string, { total, cells }: Disclosed): ReportNumber[] => [
    ...Object.entries(cells).flatMap(([name, value]) => number(metric, name, value)),
    ...number(metric, 'all', total),
  ];
  return [
    ...number('responses.comments', undefined, comments.length),
    ...number('responses.copies', undefined, letters.length),
    ...number('responses.letters', undefined, new Set(letters).size),
    ...OUTCOMES.flatMap((outcome) => {
      const count = comments.filter((one) => one.outcome === outcome).length;
      return count > 0 ? number('responses.outcome', outcome, count) : [];
    }),
    ...groups.flatMap(({ id }) => number('responses.group', id, comments.filter(({ group }) => group === id).length)),
    ...table('responses.kind', byKind),
    ...table('responses.region', byRegion),
  ];
}

/** The chapter itself: how many spoke, what became of it, and each answer with its reason. */
function responsesSection(
  responses: Responses,
  numbers: readonly ReportNumber[],
  owner: Localised,
  texts: Texts,
  regions: ReadonlyMap<string, Localised>,
): ReportSection {
  const word = (key: string): Localised => localised((lang) => wordOf(texts[lang], key));
  const rowsOf = (metric: string, label: (group: string) => Localised): TableBlock['rows'] =>
    numbers
      .filter((one) => one.metric === metric)
      .map(({ id }) => ({ label: label(id.slice(metric.length + 1)), cells: [id] }));
  const table = (id: string, caption: string, head: string, rows: TableBlock['rows'], note?: string): TableBlock => ({
    ...{ kind: 'table', id, caption: word(caption), columns: [word(head), word('col.comments')], rows },
    ...(note === undefined ? {} : { note: word(note) }),
  });
  const group = (id: string): Localised => {
    const { unit, says } = responses.groups.find((one) => one.id === id)!;
    return localised((lang) => `${unit}. ${says[lang]}`);
  };
  const nameOr =
    (family: string, other: (name: string) => Localised) =>
    (name: string): Localised =>
      name === 'all' ? word('total') : name === 'none' ? word(`${family}.none`) : other(name);
  const region = nameOr('region', (code) => regions.get(`region.${code}`) ?? { kk: code, ru: code, en: code });
  const blocks: ReportSection['blocks'] = [
    {
      ...{ kind: 'text', id: 'responses.text' },
      text: localised((lang) =>
        wordOf(texts[lang], 'report.text')
          .replace('{title}', () => responses.titles[lang])
          .replace('{first}', dayText(responses.firstDay, lang))
          .replace('{last}', dayText(responses.lastDay, lang)),
      ),
    },
    table(
      'responses.outcomes',
      'outcomes',
      'col.decision',
      rowsOf('responses.outcome', (one) => word(`outcome.${one}`)),
    ),
    table('responses.groups', 'responses', 'report.answer', rowsOf('responses.group', group)),
    table(
      'responses.kinds',
      'who.kind',
      'who',
      rowsOf(
        'responses.kind',
        nameOr('kind', (one) => word(`kind.${one}`)),
      ),
      'who.note',
    ),
    table('responses.regions', 'who.region', 'col.region', rowsOf('responses.region', region), 'who.note'),
  ];
  // Nobody commented: there is nothing to be told row by row.
  const told = blocks.filter((block) => block.kind !== 'table' || block.rows.length > 0);
  return { id: 'responses', title: word('title'), owner, blocks: told };
}

/** The edition with the responses as its last chapter but one. */
export function withResponses(
  model: ReportModel,
  responses: Responses,
  metrics: readonly Metric[],
  texts: Texts,
  regions: ReadonlyMap<string, Localised>,
): ReportModel {
  const numbers = responseNumbers(responses, metrics);
  if (numbers.length === 0) return model;
  const chapter = responsesSection(responses, numbers, model.authority, texts, regions);
  const all = [...Object.values(model.numbers), ...numbers].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    ...model,
    sections: [...model.sections.slice(0, -1), chapter, ...model.sections.slice(-1)],
    numbers: Object.fromEntries(all.map((number) => [number.id, number])),
  };
}
