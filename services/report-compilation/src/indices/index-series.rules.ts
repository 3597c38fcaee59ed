/** One edition of an index for one country. What the producer left empty is missing here, never zero. */
export interface IndexPoint {
  readonly series: string;
  readonly year: number;
  readonly vintage: string;
  readonly score?: number;
  readonly standardError?: number;
  readonly rank?: number;
  readonly countries?: number;
  readonly source: string;
  readonly licence: string;
}

type Row = Readonly<Record<string, string>>;

function numbers(row: Row, columns: Readonly<Record<string, string>>): Record<string, number> {
  const entries = Object.entries(columns).flatMap(([name, column]) => {
    const text = row[column]?.trim() ?? '';
    const value = Number(text);
    return text === '' || !Number.isFinite(value) ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

/** Corruption Perceptions Index: its producer does not restate past editions, so the edition is the vintage. */
export function cpiPoint(row: Row): IndexPoint {
  return {
    series: 'cpi',
    year: Number(row['year']),
    vintage: row['year'] ?? '',
    ...numbers(row, { score: 'score', standardError: 'standard_error', rank: 'rank', countries: 'countries_ranked' }),
    source: row['source'] ?? '',
    licence: row['licence'] ?? '',
  };
}

/** WJP Rule of Law Index, overall: an edition of two years (2012-2013) stands under its last one. */
export function wjpPoint(row: Row): IndexPoint {
  const edition = row['edition'] ?? '';
  const last = /^\d{4}-(\d{4})$/.exec(edition)?.[1];
  return {
    series: 'wjp',
    year: Number(last ?? edition),
    vintage: edition,
    ...numbers(row, { score: 'overall_score', rank: 'overall_rank', countries: 'countries' }),
    source: row['source'] ?? '',
    licence: row['licence'] ?? '',
  };
}

export interface Change {
  readonly difference: number;
  /** Difference over its standard error; missing when an edition has no standard error. */
  readonly z?: number;
  readonly verdict: 'risen' | 'fallen' | 'no-significant-change' | 'not-known';
}

/** Whether two scores differ at 90 % (|z| >= 1.645, domain notes 2.2 rule 3); without standard errors it is not known. */
export function compareScores(
  before: Pick<IndexPoint, 'score' | 'standardError'>,
  after: Pick<IndexPoint, 'score' | 'standardError'>,
): Change | undefined {
  if (before.score === undefined || after.score === undefined) return undefined;
  const difference = after.score - before.score;
  if (before.standardError === undefined || after.standardError === undefined)
    return { difference, verdict: 'not-known' };
  const z = difference / Math.hypot(before.standardError, after.standardError);
  const verdict = Math.abs(z) < 1.645 ? 'no-significant-change' : z > 0 ? 'risen' : 'fallen';
  return { difference, z: Math.round(z * 100) / 100, verdict };
}
