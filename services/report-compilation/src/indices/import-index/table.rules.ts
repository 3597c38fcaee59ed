import { type CsvError, parse } from 'csv-parse/sync';

/** A column of a file that is taken. */
export interface Column {
  readonly name: string;
  /** Must stand in the header. */
  readonly header: boolean;
  /** Whether a cell may be empty: not known. */
  readonly empty: boolean;
  /** What would be right, in a sentence. */
  readonly says: string;
  readonly holds: (cell: string) => boolean;
}

/** Where a file is wrong; lines from 1, as an editor counts them. */
export interface TableProblem {
  readonly line: number;
  readonly column?: string;
  /** What would be right; the cell itself is never repeated. */
  readonly problem: string;
}

export interface TableRow {
  readonly line: number;
  /** The cells that are not empty, by column. */
  readonly cells: Readonly<Record<string, string>>;
}

/** Reads a table of known columns strictly: with one problem there is no row. */
export function readTable(
  text: string,
  columns: readonly Column[],
): { readonly rows: readonly TableRow[]; readonly problems: readonly TableProblem[] } {
  const wrong = (...problems: TableProblem[]) => ({ rows: [], problems });
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true }) as never;
  } catch (error) {
    const line = Number((error as CsvError)['lines']) || 1;
    return wrong({ line, problem: 'a quote must open and close a whole cell (RFC 4180)' });
  }
  const [head, ...body] = records;
  if (!head || body.length === 0) return wrong({ line: 1, problem: 'a header and at least one row are needed' });
  const names = head.record;
  const known = new Map(columns.map((column) => [column.name, column]));
  const allowed = columns.map(({ name }) => name).join(', ');
  const inHead = names.flatMap((name, i): TableProblem[] => {
    if (!known.has(name)) return [{ line: 1, column: `no. ${i + 1}`, problem: `one of the columns ${allowed}` }];
    return names.indexOf(name) === i ? [] : [{ line: 1, column: name, problem: 'each column once' }];
  });
  const absent = columns.filter(({ header, name }) => header && !names.includes(name));
  inHead.push(...absent.map(({ name }) => ({ line: 1, column: name, problem: 'this column is needed' })));
  if (inHead.length > 0) return wrong(...inHead);

  const problems: TableProblem[] = [];
  const rows = body.map(({ record, info: { lines: line } }): TableRow => {
    if (record.length !== names.length) {
      problems.push({ line, problem: `${names.length} cells, as the header has` });
      return { line, cells: {} };
    }
    const cells: Record<string, string> = {};
    for (const [i, name] of names.entries()) {
      const [cell, { empty, holds, says }] = [record[i]!, known.get(name)!];
      if (cell === '' ? !empty : !holds(cell)) problems.push({ line, column: name, problem: says });
      else if (cell !== '') cells[name] = cell;
    }
    return { line, cells };
  });
  return problems.length > 0 ? wrong(...problems) : { rows, problems };
}
