import { readFileSync } from 'node:fs';
import { type IndexValue, keyOf } from '../index-values/index-value.rules.js';
import { type IndexFile, valuesOf } from './index-file.rules.js';

/** The richer file first: of a value that stands in both, it is the one taken. */
const SHIPPED: Readonly<Record<IndexFile, readonly string[]>> = {
  cpi: ['cpi.csv'],
  wgi: ['wgi_control_of_corruption.csv', 'wgi_kaz_vintages.csv'],
  wjp: ['wjp_rule_of_law.csv'],
};

export const shippedText = (name: string): string =>
  readFileSync(new URL(`../../../data/indices/${name}`, import.meta.url), 'utf8');

/** All values of an index that ship with the service (data/indices, with their licences). */
export function shippedValues(file: IndexFile): IndexValue[] {
  const values = new Map<string, IndexValue>();
  for (const name of SHIPPED[file]) {
    const read = valuesOf(file, shippedText(name));
    if (read.problems.length > 0) throw new Error(`${name}: ${JSON.stringify(read.problems[0])}`);
    for (const { line: _, ...value } of read.values) {
      if (!values.has(keyOf(value))) values.set(keyOf(value), value);
    }
  }
  return [...values.values()];
}
