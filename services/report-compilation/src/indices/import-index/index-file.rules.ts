import type { IndexValue, Stated } from '../index-values/index-value.rules.js';
import { keyOf, statedBy } from '../index-values/index-value.rules.js';
import { type Column, readTable, type TableProblem, type TableRow } from './table.rules.js';

/** The files that can be imported, by what they hold. */
export const INDEX_FILES = ['cpi', 'wgi', 'wjp'] as const;
export type IndexFile = (typeof INDEX_FILES)[number];

/** A value and the line that states it. */
export interface LineValue extends IndexValue {
  readonly line: number;
}

type Kind = Pick<Column, 'says' | 'holds'>;

const text: Kind = {
  says: 'a text of at most 200 characters',
  holds: (cell) => cell.trim() !== '' && cell.length <= 200,
};
const country: Kind = {
  says: 'a country as three capital letters (ISO 3166-1 alpha-3)',
  holds: (c) => /^[A-Z]{3}$/.test(c),
};
const edition: Kind = {
  says: 'a year from 2012, or two of them: 2020 or 2017-2018',
  holds: (cell) => /^20(1[2-9]|[2-9]\d)(-20(1[2-9]|[2-9]\d))?$/.test(cell),
};
const vintage: Kind = {
  says: 'the publication, beginning with its year: 2022-09 update',
  holds: (cell) => /^(19|20)\d\d[A-Za-z0-9. -]{0,40}$/.test(cell),
};
const whole = (from: number, to: number): Kind => ({
  says: `a whole number from ${from} to ${to}`,
  holds: (cell) => /^\d{1,6}$/.test(cell) && Number(cell) >= from && Number(cell) <= to,
});
const number = (from: number, to: number): Kind => ({
  says: `a number from ${from} to ${to}, with a decimal point`,
  holds: (cell) => /^-?\d{1,6}(\.\d{1,10})?$/.test(cell) && Number(cell) >= from && Number(cell) <= to,
});
// An empty standard error that was read as 0 drew a band falling to 0: zero is refused wherever it comes from.
const error = (to: number): Kind => ({
  says: `a standard error over 0 and at most ${to}; empty when it is not known, never 0`,
  holds: (cell) => number(0, to).holds(cell) && Number(cell) > 0,
});
const oneOf = (...words: string[]): Kind => ({ says: words.join(' or '), holds: (cell) => words.includes(cell) });

const needed = (name: string, kind: Kind): Column => ({ name, ...kind, header: true, empty: false });
const known = (name: string, kind: Kind): Column => ({ name, ...kind, header: true, empty: true });
const extra = (name: string, kind: Kind): Column => ({ name, ...kind, header: false, empty: true });

const COLUMNS: Readonly<Record<IndexFile, readonly Column[]>> = {
  cpi: [
    needed('iso3', country),
    extra('country', text),
    extra('ti_region', text),
    needed('year', whole(2012, 2100)),
    needed('score', whole(0, 100)),
    known('standard_error', error(50)),
    extra('ci90_low', number(-50, 150)),
    extra('ci90_high', number(-50, 150)),
    known('sources', whole(1, 50)),
    known('rank', whole(1, 400)),
    known('rank_basis', oneOf('published', 'derived')),
    known('countries_ranked', whole(1, 400)),
    needed('source', text),
    needed('licence', oneOf('CC-BY-ND-4.0')),
  ],
  wgi: [
    needed('iso3', country),
    extra('country', text),
    needed('year', whole(1996, 2100)),
    needed('estimate', number(-4, 4)),
    known('standard_error', error(4)),
    extra('ci90_low', number(-12, 12)),
    extra('ci90_high', number(-12, 12)),
    extra('sources', whole(1, 50)),
    known('percentile_rank', number(0, 100)),
    extra('percentile_rank_low', number(0, 100)),
    extra('percentile_rank_high', number(0, 100)),
    needed('vintage', vintage),
    needed('source', text),
    needed('licence', oneOf('CC-BY-4.0')),
  ],
  wjp: [
    needed('iso3', country),
    extra('country', text),
    needed('edition', edition),
    known('overall_score', number(0, 1)),
    known('overall_rank', whole(1, 400)),
    extra('absence_of_corruption_score', number(0, 1)),
    extra('absence_of_corruption_rank', whole(1, 400)),
    known('countries', whole(1, 400)),
    known('rank_basis', oneOf('published', 'computed from scores')),
    needed('source', text),
    needed('licence', text),
  ],
};

/** The names of columns that give the fields of a value. */
type Fields = Readonly<Partial<Record<Exclude<keyof Stated, 'rankBasis'>, string>>>;

const FIELDS: Readonly<Record<IndexFile, Readonly<Record<string, Fields>>>> = {
  cpi: {
    cpi: {
      ...{ score: 'score', standardError: 'standard_error', sources: 'sources' },
      ...{ rank: 'rank', countries: 'countries_ranked' },
    },
  },
  wgi: {
    wgi: {
      ...{ score: 'estimate', standardError: 'standard_error', sources: 'sources', percentile: 'percentile_rank' },
      ...{ percentileLow: 'percentile_rank_low', percentileHigh: 'percentile_rank_high' },
    },
  },
  wjp: {
    wjp: { score: 'overall_score', rank: 'overall_rank', countries: 'countries' },
    'wjp-absence-of-corruption': {
      ...{ score: 'absence_of_corruption_score', rank: 'absence_of_corruption_rank', countries: 'countries' },
    },
  },
};

function stated({ cells }: TableRow, fields: Fields): Stated {
  const numbers = Object.entries(fields).flatMap(([field, column]) =>
    cells[column] === undefined ? [] : [[field, Number(cells[column])] as const],
  );
  const basis = cells['rank_basis'] === undefined ? undefined : cells['rank_basis'] === 'published';
  const all: Stated = Object.fromEntries(numbers);
  if (all.rank === undefined || basis === undefined) return all;
  return { ...all, rankBasis: basis ? 'published' : 'derived' };
}

/** What cells of one row say against each other. */
function contradictions({ line, cells }: TableRow, ranks: readonly string[], of: string): TableProblem[] {
  const value = (column: string): number | undefined =>
    cells[column] === undefined ? undefined : Number(cells[column]);
  const found: TableProblem[] = [];
  const score = value('score') ?? value('estimate');
  const standardError = value('standard_error');
  for (const [column, sign] of [
    ['ci90_low', -1],
    ['ci90_high', 1],
  ] as const) {
    const bound = value(column);
    if (bound === undefined) continue;
    if (standardError === undefined) {
      found.push({ line, column, problem: 'empty, since the standard error is' });
      continue;
    }
    // One decimal is printed, and some producers take 1.64 for 1.645.
    const off = Math.abs(score! + sign * 1.645 * standardError - bound);
    if (off > 0.05 + 0.01 * standardError)
      found.push({ line, column, problem: 'the score and 1.645 standard errors: one of the three is wrong' });
  }
  for (const column of ranks) {
    const [rank, countries] = [value(column), value(of)];
    if (rank === undefined) continue;
    if (countries !== undefined && rank > countries)
      found.push({ line, column, problem: `at most the countries ranked (${of})` });
    if (cells['rank_basis'] === undefined)
      found.push({ line, column: 'rank_basis', problem: 'needed, since there is a rank' });
  }
  return found;
}

const RANKS: Readonly<Record<IndexFile, readonly [readonly string[], string]>> = {
  cpi: [['rank'], 'countries_ranked'],
  wgi: [[], ''],
  wjp: [['overall_rank', 'absence_of_corruption_rank'], 'countries'],
};

/**
 * The values that a file states. Of an edition the vintage is its own name unless another is told; a file of WGI has the vintage
 * in each row. With one problem there is no value.
 */
export function valuesOf(
  file: IndexFile,
  csv: string,
  told?: string,
): { readonly values: readonly LineValue[]; readonly problems: readonly TableProblem[] } {
  const { rows, problems } = readTable(csv, COLUMNS[file]);
  if (problems.length > 0) return { values: [], problems };
  const found = rows.flatMap((row) => contradictions(row, ...RANKS[file]));
  const values = rows.flatMap((row): LineValue[] => {
    const { line, cells } = row;
    const name = cells['edition'] ?? cells['year']!;
    const said = cells['vintage']?.replaceAll(' ', '-') ?? told ?? name;
    return Object.entries(FIELDS[file]).flatMap(([series, fields]) => {
      const value = statedBy(stated(row, fields));
      // A row without a score and without a place says nothing of this index.
      if (value.score === undefined && value.rank === undefined) return [];
      return [
        {
          ...{ line, series, country: cells['iso3']!, year: Number(name.slice(-4)), vintage: said, ...value },
          ...{ source: cells['source']!, licence: cells['licence']! },
        },
      ];
    });
  });
  const first = new Map<string, number>();
  for (const value of values) {
    const key = keyOf(value);
    const earlier = first.get(key);
    if (earlier !== undefined)
      found.push({
        line: value.line,
        column: 'iso3',
        problem: `a country once a year and vintage; see line ${earlier}`,
      });
    else first.set(key, value.line);
  }
  return found.length > 0 ? { values: [], problems: found } : { values, problems: [] };
}
