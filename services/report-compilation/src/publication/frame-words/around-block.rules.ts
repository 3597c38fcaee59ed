import type {
  ChartBlock,
  Language,
  Localised,
  ReportModel,
  TableBlock,
} from '../../report-model/report-model.rules.js';
import { fill, type FrameWords } from './frame-words.rules.js';

/** "Table 3", "Figure 1" by the id of the block; tables and charts are counted through the edition, alike in every rendering. */
export function captionsOf(model: ReportModel, words: FrameWords): Readonly<Record<string, string>> {
  const captions: Record<string, string> = {};
  let [tables, figures] = [0, 0];
  for (const { id, kind } of model.sections.flatMap(({ blocks }) => blocks))
    if (kind === 'table') captions[id] = fill(words, 'table', { n: (tables += 1) });
    else if (kind === 'chart') captions[id] = fill(words, 'figure', { n: (figures += 1) });
  return captions;
}

/** Stands at the first year after a break, and before the note that tells why. */
export const BREAK = '†';

/** The name of a row or point, with a mark where the series is of another body than before. */
export const markedLabel = (
  label: Localised,
  at: number,
  { breaks = [] }: Pick<ChartBlock, 'breaks'>,
  language: Language,
): string => (breaks.some(({ before }) => before === at) ? `${BREAK} ${label[language]}` : label[language]);

/** The numbers of a chart as a table: what is drawn can be read as well. */
export function chartTable(
  { points, axis, breaks }: ChartBlock,
  language: Language,
  words: FrameWords,
): {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly (string | null)[] }[];
} {
  const banded = points.some(({ low, high }) => low !== undefined || high !== undefined);
  const years = points.every(({ label }) => /^\d{4}$/.test(label[language]));
  return {
    columns: [
      words[years ? 'column.year' : 'column.row'],
      axis[language],
      ...(banded ? [words['column.low'], words['column.high']] : []),
    ],
    rows: points.map(({ label, number, low, high }, i) => ({
      label: markedLabel(label, i, breaks ? { breaks } : {}, language),
      cells: banded ? [number, low ?? null, high ?? null] : [number],
    })),
  };
}

/** What has to be said under a table or chart: its own note, and the signs that occur in it. */
export function notesOf(
  block: TableBlock | ChartBlock,
  numbers: ReportModel['numbers'],
  language: Language,
  words: FrameWords,
): readonly string[] {
  const ids =
    block.kind === 'table'
      ? block.rows.flatMap(({ cells }) => cells)
      : block.points.flatMap(({ number, low, high }) => [number, low, high]);
  const statuses = new Set(ids.map((id) => (id ? numbers[id]?.status : undefined)));
  const banded = block.kind === 'chart' && block.points.some(({ low }) => low !== undefined);
  return [
    ...(block.breaks ?? []).map(({ note }) => `${BREAK} ${note[language]}`),
    ...(block.note ? [block.note[language]] : []),
    ...(banded ? [words['note.band']] : []),
    ...(statuses.has('S') || statuses.has('C') ? [words['note.withheld']] : []),
    ...(statuses.has('M') || (banded && block.points.some(({ low, high }) => low === undefined || high === undefined))
      ? [words['note.missing']]
      : []),
  ];
}
