import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** Every table of open data says what the model says. */
export function checkTables(
  dir: string,
  numbers: Readonly<Record<string, { readonly value: number | string | null; readonly status: string }>>,
  fault: (where: string, what: string) => void,
): void {
  for (const name of readdirSync(join(dir, 'data')).filter((one) => one.endsWith('.csv'))) {
    const rows = parse<Record<string, string>>(readFileSync(join(dir, 'data', name)), { columns: true, bom: true });
    const missing = new Set(name === 'numbers.csv' ? Object.keys(numbers) : []);
    for (const { number, value, status } of rows) {
      missing.delete(number!);
      const told = numbers[number!];
      if (!told || (told.value === null ? '' : String(told.value)) !== value || told.status !== status)
        fault(`data/${name}`, `says something else of ${number} than the report`);
    }
    for (const number of missing) fault(`data/${name}`, `does not have ${number}`);
  }
}
