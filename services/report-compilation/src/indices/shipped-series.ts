import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { ShippedSeries } from './import-index.dto.js';
import { cpiPoint, type IndexPoint, wjpPoint } from './index-series.rules.js';

const FILES = {
  cpi: { file: 'cpi.csv', point: cpiPoint },
  wjp: { file: 'wjp_rule_of_law.csv', point: wjpPoint },
} as const;

/** The editions of a shipped series for a country (ISO 3166-1 alpha-3), oldest first. */
export function shippedSeries(series: ShippedSeries, country: string): IndexPoint[] {
  const { file, point } = FILES[series];
  const rows = parse<Record<string, string>>(
    readFileSync(new URL(`../../data/indices/${file}`, import.meta.url), 'utf8'),
    {
      columns: true,
      skip_empty_lines: true,
    },
  );
  return rows
    .filter((row) => row['iso3'] === country)
    .map(point)
    .sort((a, b) => a.year - b.year);
}
