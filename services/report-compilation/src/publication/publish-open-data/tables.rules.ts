import {
  LANGUAGES,
  type ReportModel,
  type ReportNumber,
  type TableBlock,
} from '../../report-model/report-model.rules.js';

/** A table of open data: names of its columns, and rows of text. */
export interface DataTable {
  readonly id: string;
  readonly title: TableBlock['caption'];
  readonly columns: readonly {
    readonly name: string;
    readonly type: 'string' | 'number' | 'integer';
    readonly about: string;
  }[];
  readonly rows: readonly (readonly string[])[];
}

const valueOf = ({ value }: ReportNumber): string => (value === null ? '' : String(value));

/** Units and their meaning, as the descriptions of columns say them. */
const UNITS =
  'count: number of events; tiyn: hundredths of a tenge; share: part of one; score, rank, year: as named; code: a word of a list';

const NUMBER_COLUMNS: DataTable['columns'] = [
  { name: 'number', type: 'string', about: 'id of the number: the same in every edition' },
  { name: 'metric', type: 'string', about: 'metric of metrics.json' },
  { name: 'value', type: 'string', about: 'empty where it is not told: see status' },
  { name: 'unit', type: 'string', about: UNITS },
  {
    name: 'status',
    type: 'string',
    about: 'A told; S withheld: few stand behind it, or it would give such a number away; M not known',
  },
];

const BREAKS =
  'days (ISO 8601) on which another body took over before this row: it is not to be compared with those above; else empty';

const daysOf = (breaks: TableBlock['breaks'] = [], at: number): string =>
  breaks.flatMap(({ before, day }) => (before === at ? [day] : [])).join(' ');

/** A table of the report with a line for each number: codes stand beside names, what is withheld is empty. */
export function tableOf(table: TableBlock, { numbers }: ReportModel): DataTable {
  return {
    ...{ id: table.id, title: table.caption },
    columns: [
      ...LANGUAGES.map((lang) => ({ name: `row_${lang}`, type: 'string' as const, about: `name of the row, ${lang}` })),
      ...LANGUAGES.map((lang) => ({
        name: `column_${lang}`,
        type: 'string' as const,
        about: `name of the column, ${lang}`,
      })),
      ...NUMBER_COLUMNS,
      { name: 'break', type: 'string', about: BREAKS },
    ],
    rows: table.rows.flatMap((row, at) =>
      row.cells.flatMap((cell, i) => {
        if (cell === null) return [];
        const number = numbers[cell]!;
        const column = table.columns[i + 1]!;
        return [
          [
            ...LANGUAGES.map((lang) => row.label[lang]),
            ...LANGUAGES.map((lang) => column[lang]),
            ...[number.id, number.metric, valueOf(number), number.unit, number.status],
            daysOf(table.breaks, at),
          ],
        ];
      }),
    ),
  };
}

/** Every number of the report with what proves it. */
export function numbersTable(model: ReportModel): DataTable {
  return {
    id: 'numbers',
    title: { kk: 'Барлық сандар', ru: 'Все числа', en: 'All numbers' },
    columns: [
      ...NUMBER_COLUMNS,
      { name: 'metric_version', type: 'integer', about: 'version of the metric' },
      { name: 'inputs', type: 'integer', about: 'events that it was computed from; 0 where it is withheld' },
      { name: 'input_root', type: 'string', about: 'Merkle root (RFC 6962, SHA-256) over their salted leaves' },
    ],
    rows: Object.values(model.numbers).map((number) => [
      ...[number.id, number.metric, valueOf(number), number.unit, number.status],
      ...[String(number.metricVersion), String(number.inputs), number.inputRoot],
    ]),
  };
}

/** All tables of open data of an edition, the list of its numbers first. */
export const dataTables = (model: ReportModel): DataTable[] => [
  numbersTable(model),
  ...model.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'table' ? [tableOf(block, model)] : [])),
  ),
];
