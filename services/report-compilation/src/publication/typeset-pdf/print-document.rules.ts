import { RuleError } from '@aiqyn/contracts/rule-error';
import { dayText, MISSING, numberText, partsOf } from '../../report-model/number-text.rules.js';
import type {
  Block,
  ChartBlock,
  Language,
  Localised,
  ReportModel,
  ReportNumber,
} from '../../report-model/report-model.rules.js';
import { numberOf } from '../draw-charts/chart-data.rules.js';
import { eventsText, fill, type FrameWords } from '../frame-words/frame-words.rules.js';
import { chartTable, captionsOf, markedLabel, notesOf } from '../frame-words/around-block.rules.js';

export interface Attachment {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly description: string;
}

interface Told {
  readonly id: string;
  readonly text: string;
}
/** A cell without an id tells no number: an end of an interval that is not known. */
type Row = { readonly label: string; readonly cells: readonly (Told | { readonly text: string } | null)[] };

export type PrintedBlock =
  | { readonly kind: 'text'; readonly paragraphs: readonly (readonly (Told | { readonly text: string })[])[] }
  | {
      readonly kind: 'table';
      readonly label: string;
      readonly caption: string;
      readonly columns: readonly string[];
      readonly widths: readonly number[];
      readonly rows: readonly Row[];
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'chart';
      readonly label: string;
      readonly caption: string;
      readonly file: string;
      readonly alt: string;
      readonly data: {
        readonly caption: string;
        readonly columns: readonly string[];
        readonly widths: readonly number[];
        readonly rows: readonly Row[];
      };
      readonly notes: readonly string[];
    };

/** The whole of what the template reads: an edition in one language, every word and number as it is printed. */
export interface PrintDocument {
  readonly [part: string]: unknown;
  readonly sections: readonly { readonly title: string; readonly blocks: readonly PrintedBlock[] }[];
}

/** Shares of the width by what stands in a column: no number is broken, names of rows may take two lines. */
function widthsOf(columns: readonly string[], rows: readonly Row[]): readonly number[] {
  const longestWord = (text: string): number => Math.max(...text.split(/\s+/).map((word) => word.length));
  return columns.map((column, i) =>
    i === 0
      ? Math.min(26, Math.max(longestWord(column), 8, ...rows.map(({ label }) => label.length))) + 2
      : Math.max(longestWord(column), 6, ...rows.map(({ cells }) => cells[i - 1]?.text.length ?? 0)) + 2.5,
  );
}

/** Enough to tell two roots apart; the whole is in the data package. */
const ROOT_PREFIX = 16;

export interface ChartInPrint {
  readonly file: string;
  readonly alt: string;
}

export function printDocument(
  model: ReportModel,
  language: Language,
  words: FrameWords,
  charts: Readonly<Record<string, ChartInPrint>>,
  attachments: readonly Omit<Attachment, 'bytes'>[],
): PrintDocument {
  const { numbers } = model;
  const say = (text: Localised): string => text[language];
  const told = (number: ReportNumber): Told => ({
    id: number.id,
    text: numberText(number, language).replace(/ (?=[%₸])/g, '\u00a0'),
  });
  const cell = (id: string | null, where: string): Told | null =>
    id === null ? null : told(numberOf(numbers, id, where));
  const captions = captionsOf(model, words);

  const printed = (block: Block): PrintedBlock => {
    if (block.kind === 'text') {
      const paragraphs: (Told | { text: string })[][] = [[]];
      for (const part of partsOf(block.text, language, numbers)) {
        if ('number' in part) paragraphs.at(-1)!.push(told(part.number));
        else
          part.words.split(/\n{2,}/).forEach((text, i) => {
            if (i > 0) paragraphs.push([]);
            if (text !== '') paragraphs.at(-1)!.push({ text });
          });
      }
      return { kind: 'text', paragraphs: paragraphs.filter((parts) => parts.length > 0) };
    }
    const label = captions[block.id]!;
    const notes = notesOf(block, numbers, language, words);
    if (block.kind === 'table') {
      for (const { label: row, cells } of block.rows)
        if (cells.length !== block.columns.length - 1)
          throw new RuleError(
            'table_ragged',
            `a row of ${block.id} (${say(row)}) has another number of cells than its header`,
            { field: block.id },
          );
      const columns = block.columns.map(say);
      const rows = block.rows.map((row, i) => ({
        label: markedLabel(row.label, i, block, language),
        cells: row.cells.map((id) => cell(id, block.id)),
      }));
      return {
        kind: 'table',
        label,
        caption: say(block.caption),
        columns,
        widths: widthsOf(columns, rows),
        rows,
        notes,
      };
    }
    const { file, alt } = charts[block.id]!;
    const table = chartTable(block, language, words);
    const rows = table.rows.map((row) => ({
      label: row.label,
      cells: row.cells.map((id) => cell(id, block.id) ?? { text: MISSING }),
    }));
    const caption = fill(words, 'figure.data', { n: label.replace(/\D+/g, '') });
    return {
      kind: 'chart',
      label,
      caption: say(block.title),
      file,
      alt,
      data: { caption, columns: table.columns, widths: widthsOf(table.columns, rows), rows },
      notes,
    };
  };

  const [year, month, day] = model.sealedDay.split('-').map(Number);
  const sealed = dayText(model.sealedDay, language);
  const count = (value: number): string =>
    new Intl.NumberFormat(language === 'en' ? 'en-GB' : `${language}-KZ`).format(value);
  const { snapshot, previous } = model;
  return {
    language,
    title: say(model.title),
    // A preposition does not end a line of the cover.
    coverTitle: say(model.title).replace(/(?<=^|\s)(\p{L}{1,2}) /gu, '$1\u00a0'),
    year: String(model.year),
    yearText: fill(words, 'cover.year', { year: model.year }),
    authority: say(model.authority),
    date: [year, month, day],
    editionText: fill(words, 'edition', { n: model.edition }),
    sealedText: fill(words, 'sealed', { day: sealed }),
    previousText: previous
      ? fill(words, 'previous', { year: previous.year, n: previous.edition, hash: previous.manifestSha256 })
      : null,
    words: {
      contents: words.contents,
      owner: words.owner,
      legalBasis: words['legal-basis'],
      originsTitle: words['origins.title'],
      originNumbers: words['origins.numbers'],
      snapshot: words['origins.snapshot'],
      partitions: words['origins.partitions'],
      root: words['origins.root'],
      sources: words.sources,
    },
    sections: model.sections.map(({ title, owner, legalBasis, blocks }) => ({
      title: say(title),
      owner: say(owner),
      legalBasis: legalBasis ? say(legalBasis) : null,
      blocks: blocks.map(printed),
    })),
    origins: {
      intro: fill(words, 'origins.intro', { day: sealed }),
      snapshot: `${words['origins.snapshot']}: ${snapshot.id}`,
      events: eventsText(words, language, snapshot.events),
      root: snapshot.root,
      partitionColumns: [
        words['origins.topic'],
        words['origins.partition'],
        words['origins.offset'],
        words['origins.events'],
        words['origins.root'],
      ],
      partitions: snapshot.partitions.map((p) => [
        p.topic,
        String(p.partition),
        count(p.endOffset),
        count(p.count),
        `${p.root.slice(0, ROOT_PREFIX)}…`,
      ]),
      columns: [words['origins.number'], words['origins.metric'], words['origins.events'], words['origins.root']],
      rows: Object.values(numbers).map((n) => [
        n.id,
        `${n.metric} v${n.metricVersion}`,
        count(n.inputs),
        n.inputRoot.slice(0, ROOT_PREFIX),
      ]),
    },
    sources: model.sources.map(say),
    attachments: attachments.map(({ name, mime, description }, i) => ({ name, mime, description, at: String(i) })),
  };
}

/** The charts of an edition in the order in which they stand. */
export const chartsOf = (model: ReportModel): ChartBlock[] =>
  model.sections.flatMap(({ blocks }) => blocks.filter((block): block is ChartBlock => block.kind === 'chart'));
